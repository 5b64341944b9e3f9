import { type LayerSize, layerIds, layerSizes } from '../../lab/src/environments/compose/layers.ts';

export interface ImageSize extends LayerSize {
  layers: number;
}

/** What an image adds to its base image. @throws Error when `image` is not built on `base` */
export async function addedSize(image: string, base: string): Promise<ImageSize> {
  const below = await layerIds(base);
  const layers = await layerIds(image);
  if (below.some((id, index) => id !== layers[index])) throw new Error(`${image} is not built on ${base}.`);
  return sizeOf(image, (index) => index >= below.length);
}

export const wholeSize = (image: string): Promise<ImageSize> => sizeOf(image, () => true);

async function sizeOf(image: string, isAsked: (index: number) => boolean): Promise<ImageSize> {
  const sizes = await layerSizes(image, isAsked);
  return {
    layers: sizes.length,
    bytes: sum(sizes.map(({ bytes }) => bytes)),
    compressedBytes: sum(sizes.map(({ compressedBytes }) => compressedBytes)),
  };
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
