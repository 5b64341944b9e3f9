import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import { read } from '../../lab/src/environments/compose/command.ts';

/** What an image adds to its base image, in bytes: as layers on the disk, and as they are pushed and pulled. */
export interface AddedSize {
  bytes: number;
  compressedBytes: number;
}

const saved = z.array(z.object({ Layers: z.array(z.string()) })).length(1);
const layerIds = z.array(z.string());

/** @throws Error when `image` is not built on `base` */
export async function addedSize(image: string, base: string): Promise<AddedSize> {
  const below = await layersOf(base);
  const layers = await layersOf(image);
  if (below.some((id, index) => id !== layers[index])) throw new Error(`${image} is not built on ${base}.`);
  const folder = await mkdtemp(join(tmpdir(), 'cleave-image-'));
  try {
    const archive = join(folder, 'image.tar');
    await read('docker', ['save', '--output', archive, image]);
    await read('tar', ['-xf', archive, '-C', folder]);
    const manifest = saved.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
    const files = manifest
      .flatMap(({ Layers }) => Layers.slice(below.length))
      .map((name) => join(folder, name));
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    const compressed = await Promise.all(files.map(compressedSize));
    return { bytes: sum(sizes), compressedBytes: sum(compressed) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

async function layersOf(image: string): Promise<string[]> {
  return layerIds.parse(
    JSON.parse(await read('docker', ['image', 'inspect', '-f', '{{json .RootFS.Layers}}', image])),
  );
}

async function compressedSize(file: string): Promise<number> {
  let bytes = 0;
  for await (const chunk of createReadStream(file).pipe(createGzip())) bytes += chunk.length;
  return bytes;
}
