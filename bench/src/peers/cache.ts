// What the benchmarks compare with is no dependency of the product: it is kept in the user's cache.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Command } from '../../../lab/src/environments/local/launch.ts';
import { runProgram } from '../run/command.ts';

const peersFolder = join(import.meta.dirname, '../../peers');
const installMs = 5 * 60_000;
const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });

/** Has `make` fill a folder that is not there yet; nobody sees it half full. */
export async function onceIn(folder: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await make(unfinished);
    await rename(unfinished, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // else somebody was faster
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * The folder with the peers' programs beside their packages, and the packages' versions; installed with npm, without
 * install scripts, when these versions are not there yet: about 10 s.
 * @throws CannotStart when npm cannot install them
 */
export async function peersInstalled(
  cacheFolder: string,
  say: (text: string) => void,
): Promise<{ peers: string; versions: Record<string, string> }> {
  const text = await readFile(join(peersFolder, 'package.json'), 'utf8');
  const peers = join(
    cacheFolder,
    `bench-peers-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`,
  );
  await onceIn(peers, async (cwd) => {
    say('Installing what is compared with from npm, once.');
    await cp(join(peersFolder, 'package.json'), join(cwd, 'package.json'));
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--omit=dev'];
    await runProgram('npm', ['install', ...options], { cwd, timeoutMs: installMs });
  });
  await cp(peersFolder, peers, { recursive: true, filter: (path) => !path.endsWith('package.json') });
  return { peers, versions: manifest.parse(JSON.parse(text)).dependencies };
}

/** A program of bench/peers. */
export const peerCommand = (
  peers: string,
  file: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Command => ({
  file: process.execPath,
  args: [join(peers, file)],
  env: { NODE_ENV: 'production', PORT: String(port), ...env },
});
