// k6 as a program of this machine.
import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Log } from './generator.ts';
import { isRecentEnough, type K6, LOAD_FOLDER, runFlags, versionIn } from './k6.ts';
import { withPriority } from './priority.ts';
import { runCommand } from './run-command.ts';
import type { GeneratorSettings } from './settings.ts';

/** The first file in PATH's folders that may be executed and has this name. */
export const findProgram = async (name: string, path: string): Promise<string | undefined> => {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    const usable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return file;
  }
  return undefined;
};

// k6 allocates much and keeps little: fewer collections save a third of its CPU time.
const GOGC = '400';

/** A k6 from a file that has been found to be one; before all others in priority where we may do that. */
export const localK6 = (
  file: string,
  version: string,
  origin: 'PATH' | 'Go',
  settings: GeneratorSettings,
): K6 => ({
  version,
  origin,
  start: (job) => {
    const args = ['run', ...runFlags(job), join(LOAD_FOLDER, `${job.script}.ts`)];
    const child = spawn(...withPriority(file, args), {
      stdio: job.stdio,
      env: { ...settings.env, GOGC, ...job.settings },
    });
    return { child, pid: async () => child.pid, kill: () => void child.kill('SIGKILL') };
  },
});

/** What a file says about its version when asked as k6 is. */
export const k6VersionOf = async (file: string, settings: GeneratorSettings): Promise<string | undefined> =>
  versionIn((await runCommand(file, ['version'], { timeoutMs: 5000, env: settings.env })).stdout);

/** k6 from PATH when it is recent enough. */
export const k6OnPath = async (settings: GeneratorSettings, log: Log): Promise<K6 | undefined> => {
  const file = await findProgram('k6', settings.path);
  if (!file) return undefined;
  const version = await k6VersionOf(file, settings);
  if (version && isRecentEnough(version)) return localK6(file, version, 'PATH', settings);
  log(`The k6 on the PATH is ${version ?? 'of an unknown version'}; 1.0 or later is needed.`);
  return undefined;
};
