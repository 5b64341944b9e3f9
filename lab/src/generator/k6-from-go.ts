// k6 built once with Go from the module in load/, and kept in the user's cache.
import { mkdir, rename, rm } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import type { Log } from './generator.ts';
import { type K6, LOAD_FOLDER, PINNED_VERSION } from './k6.ts';
import { findProgram, k6VersionOf, localK6 } from './k6-local.ts';
import { runCommand } from './run-command.ts';
import type { GeneratorSettings } from './settings.ts';

const PACKAGE = 'go.k6.io/k6/v2';
const BUILD_MS = 15 * 60_000;
const PROGRESS_MS = 5000;
/** So many there are, the standard library included; fewer when Go has some in its cache. */
const ABOUT_PACKAGES = 780;

const builtFile = (settings: GeneratorSettings): string =>
  join(settings.cacheFolder, `k6-${PINNED_VERSION}-${settings.platform}-${arch()}`, 'k6');

/** A k6 that an earlier run built. */
export const k6BuiltBefore = async (settings: GeneratorSettings): Promise<K6 | undefined> => {
  const file = builtFile(settings);
  const version = await k6VersionOf(file, settings);
  return version === PINNED_VERSION ? localK6(file, version, 'Go', settings) : undefined;
};

/** Says every few seconds how far a build is, by the packages that `go build -v` has named. */
const followBuild = (log: Log) => {
  const begun = Date.now();
  let packages = 0;
  const timer = setInterval(() => {
    log(
      `  … ${packages} of about ${ABOUT_PACKAGES} packages compiled, ${Math.round((Date.now() - begun) / 1000)} s`,
    );
  }, PROGRESS_MS);
  return {
    read: (text: string): void => {
      packages += text.split('\n').filter((line) => line !== '' && !line.startsWith('go: ')).length;
    },
    stop: (): void => clearInterval(timer),
  };
};

const build = async (go: string, file: string, settings: GeneratorSettings, log: Log): Promise<boolean> => {
  log(`Building k6 ${PINNED_VERSION} with Go, once: one to five minutes, kept in ${file}`);
  const progress = followBuild(log);
  const unfinished = `${file}.${process.pid}`;
  const args = [
    'build',
    '-v',
    '-mod=readonly',
    '-buildvcs=false',
    '-trimpath',
    '-ldflags=-s -w',
    '-o',
    unfinished,
    PACKAGE,
  ];
  const outcome = await runCommand(go, args, {
    timeoutMs: BUILD_MS,
    cwd: LOAD_FOLDER,
    env: { ...settings.env, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' },
    onStderr: progress.read,
  }).finally(progress.stop);
  if (outcome.code === 0) {
    // Whoever builds at the same time puts the same file there.
    await rename(unfinished, file);
    return true;
  }
  await rm(unfinished, { force: true });
  log(`The build failed: ${outcome.stderr.trim().split('\n').slice(-5).join('\n')}`);
  return false;
};

/** Builds k6 where there is Go. Progress and failure go to `log`. */
export const k6BuiltNow = async (settings: GeneratorSettings, log: Log): Promise<K6 | undefined> => {
  const go = await findProgram('go', settings.path);
  if (!go) return undefined;
  const file = builtFile(settings);
  await mkdir(join(file, '..'), { recursive: true });
  return (await build(go, file, settings, log)) ? k6BuiltBefore(settings) : undefined;
};
