// What the search for a generator takes from the environment.
import { homedir, platform } from 'node:os';
import { join } from 'node:path';

export type GeneratorSettings = {
  /** Folders with programs, as in PATH. */
  path: string;
  /** Where what was built once is kept. */
  cacheFolder: string;
  /** The environment of the programs that are started, without settings of k6 (`K6_…`) that would change the load. */
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
};

/** Reads PATH and XDG_CACHE_HOME (default `~/.cache`). */
export const readGeneratorSettings = (env: NodeJS.ProcessEnv = process.env): GeneratorSettings => ({
  path: env.PATH ?? '',
  cacheFolder: join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cleave'),
  env: Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('K6_'))),
  platform: platform(),
});
