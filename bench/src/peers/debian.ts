// Programs of Debian that run beside ours: from PATH, else unpacked from their packages into the cache. Nothing is
// installed in the system, and nobody has to be root.
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { CannotStart } from '../../../lab/src/environments/cannot-start.ts';
import { findProgram } from '../../../lab/src/generator/k6-local.ts';
import type { GeneratorSettings } from '../../../lab/src/generator/settings.ts';
import { runProgram } from '../run/command.ts';
import { onceIn } from './cache.ts';

/** A program: where it is, what its libraries need of the environment, and which it is. */
export interface Program {
  file: string;
  env: Record<string, string>;
  version: string;
}

/** Packages by program: its own first, then libraries that a system without it may lack. */
const packagesOf = {
  wrk: ['wrk', 'libluajit-5.1-2'],
  nginx: ['nginx', 'libpcre2-8-0'],
  haproxy: ['haproxy', 'liblua5.3-0', 'libopentracing-c-wrapper0', 'libopentracing1', 'libpcre2-8-0'],
} as const;
export type ProgramName = keyof typeof packagesOf;

const downloadMs = 2 * 60_000;

/**
 * Finds a program, or unpacks it from Debian's packages.
 * @throws CannotStart where there is neither it nor apt-get
 */
export async function findDebianProgram(
  name: ProgramName,
  { env, path, cacheFolder }: GeneratorSettings,
  say: (text: string) => void,
): Promise<Program> {
  const found = await findProgram(name, [path, '/usr/sbin', '/usr/local/sbin'].join(delimiter));
  if (found !== undefined) return described(found, {});
  const folder = join(cacheFolder, `bench-${name}`);
  await onceIn(folder, async (cwd) => {
    if ((await findProgram('apt-get', path)) === undefined)
      throw new CannotStart(`${name} is needed: install it, so that it is on PATH.`);
    say(`Unpacking ${name} from Debian's packages into the cache, once.`);
    const options = { cwd, env, timeoutMs: downloadMs };
    await runProgram('apt-get', ['download', ...packagesOf[name]], options);
    for (const archive of await readdir(cwd))
      if (archive.endsWith('.deb')) await runProgram('dpkg-deb', ['-x', archive, '.'], options);
  });
  const file = await findProgram(
    name,
    ['bin', 'sbin'].map((part) => join(folder, 'usr', part)).join(delimiter),
  );
  if (file === undefined) throw new CannotStart(`The package ${name} has no program ${name}.`);
  const libraries = await readdir(join(folder, 'usr/lib')).catch(() => []);
  return described(file, {
    LD_LIBRARY_PATH: libraries.map((triplet) => join(folder, 'usr/lib', triplet)).join(delimiter),
  });
}

// Each tells its version in a way of its own, some on stderr and some with an exit code above 0.
async function described(file: string, env: Record<string, string>): Promise<Program> {
  const said = await runProgram('sh', ['-c', '"$0" -v 2>&1 || true', file], { env, timeoutMs: 10_000 });
  const version = /(?:wrk |nginx\/|version )(?:debian\/)?(\d[\w.]*\d)/.exec(said)?.[1];
  if (version === undefined) throw new CannotStart(`${file} does not run: ${said.split('\n')[0]}`);
  return { file, env, version };
}
