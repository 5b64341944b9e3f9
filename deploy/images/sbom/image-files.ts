import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { read } from '../../../lab/src/environments/compose/command.ts';

/**
 * Hands over a folder with copies of these files and folders of an image, each under its last name, and removes it
 * afterwards. The image is not run: it may be another platform's, and need not have a shell.
 */
export async function withImageFiles<T>(
  image: string,
  paths: readonly string[],
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-files-'));
  const container = await read('docker', ['create', '--network=none', image]);
  try {
    for (const path of paths)
      await read('docker', ['cp', '--quiet', `${container}:${path}`, join(folder, basename(path))]);
    return await use(folder);
  } finally {
    await read('docker', ['rm', '--volumes', container]);
    await rm(folder, { recursive: true, force: true });
  }
}
