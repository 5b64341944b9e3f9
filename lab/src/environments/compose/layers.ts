// The layers of an image, and how large they are.
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import { read } from './command.ts';

const saved = z.array(z.object({ Layers: z.array(z.string()) })).length(1);
const ids = z.array(z.string());

export interface LayerSize {
  /** On the disk. */
  bytes: number;
  /** As it is pushed and pulled. */
  compressedBytes: number;
}

/** The digests of an image's layers, the lowest first. */
export async function layerIds(image: string): Promise<string[]> {
  return ids.parse(
    JSON.parse(await read('docker', ['image', 'inspect', '-f', '{{json .RootFS.Layers}}', image])),
  );
}

/** Sizes of those layers of an image whose places, from 0 for the lowest, are asked for. */
export async function layerSizes(image: string, isAsked: (index: number) => boolean): Promise<LayerSize[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-image-'));
  try {
    const archive = join(folder, 'image.tar');
    await read('docker', ['save', '--output', archive, image]);
    await read('tar', ['-xf', archive, '-C', folder]);
    const [manifest] = saved.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
    const files = (manifest?.Layers ?? [])
      .filter((_, index) => isAsked(index))
      .map((name) => join(folder, name));
    return await Promise.all(
      files.map(async (file) => ({
        bytes: (await stat(file)).size,
        compressedBytes: await compressedSize(file),
      })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How an image differs from one that was built before, by its layers. */
export interface LayerDifference {
  /** In all. */
  layers: number;
  newLayers: number;
  newBytes: number;
  newCompressedBytes: number;
}

export async function layerDifference(before: string, after: string): Promise<LayerDifference> {
  const known = new Set(await layerIds(before));
  const ids = await layerIds(after);
  const added = ids.flatMap((id, index) => (known.has(id) ? [] : [index]));
  const sizes = added.length === 0 ? [] : await layerSizes(after, (index) => added.includes(index));
  return {
    layers: ids.length,
    newLayers: added.length,
    newBytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    newCompressedBytes: sizes.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0),
  };
}

async function compressedSize(file: string): Promise<number> {
  let bytes = 0;
  for await (const chunk of createReadStream(file).pipe(createGzip())) bytes += chunk.length;
  return bytes;
}
