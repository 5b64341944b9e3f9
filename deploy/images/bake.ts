import { fileURLToPath } from 'node:url';
import { read, show } from '../../lab/src/environments/compose/command.ts';
import type { Say } from './say.ts';

const file = fileURLToPath(new URL('../../docker-bake.hcl', import.meta.url));

export interface BakeOptions {
  /** Names of targets in docker-bake.hcl. */
  targets: readonly string[];
  /** Its variables. */
  variables: Readonly<Record<string, string>>;
  /** Each a `target.key=value` that is laid over it. */
  overrides?: readonly string[];
  flags?: readonly string[];
  say: Say;
  signal: AbortSignal;
}

/** Builds in parallel. @throws Error when one could not be built, with the last lines of the build */
export async function bake(options: BakeOptions): Promise<void> {
  const { targets, variables: env, overrides = [], flags = [], say, signal } = options;
  const args = ['buildx', 'bake', '--file', file, ...flags];
  for (const override of overrides) args.push('--set', override);
  if (say.isTerminal) {
    const status = await show('docker', [...args, ...targets], { env, signal });
    if (status !== 0) throw new Error('The images could not be built.');
    return;
  }
  const begun = performance.now();
  const onLine = (line: string): void => {
    const [, image] = /naming to (?:docker\.io\/)?(\S+) .*done$/.exec(line) ?? [];
    if (image !== undefined) say.line(`${seconds(begun)} s  ${image} is built`);
  };
  await read('docker', [...args, '--progress=plain', ...targets], { env, signal, onLine });
}

const seconds = (begun: number): string => ((performance.now() - begun) / 1_000).toFixed(1).padStart(6);
