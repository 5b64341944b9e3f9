import { type LayerSize, layerIds, layerSizes } from '../../lab/src/environments/compose/layers.ts';

/** What an image adds to its base image. @throws Error when `image` is not built on `base` */
export async function addedSize(image: string, base: string): Promise<LayerSize> {
  const below = await layerIds(base);
  const layers = await layerIds(image);
  if (below.some((id, index) => id !== layers[index])) throw new Error(`${image} is not built on ${base}.`);
  const sizes = await layerSizes(image, (index) => index >= below.length);
  return {
    bytes: sum(sizes.map(({ bytes }) => bytes)),
    compressedBytes: sum(sizes.map(({ compressedBytes }) => compressedBytes)),
  };
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
