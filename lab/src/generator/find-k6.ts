// Where k6 comes from.
import type { Log } from './generator.ts';
import type { K6 } from './k6.ts';
import { k6InDocker } from './k6-docker.ts';
import { k6BuiltBefore, k6BuiltNow } from './k6-from-go.ts';
import { k6OnPath } from './k6-local.ts';
import type { GeneratorSettings } from './settings.ts';

/** Ways to get k6. */
export const SOURCES = ['path', 'docker', 'go'] as const;
export type Source = (typeof SOURCES)[number];

/**
 * k6 from PATH, else from a Docker image, else built with Go; undefined when none can be had.
 * What is there already goes before what would have to be pulled or built.
 */
export const findK6 = async (
  settings: GeneratorSettings,
  log: Log,
  sources: readonly Source[] = SOURCES,
): Promise<K6 | undefined> => {
  const attempts: [Source, () => Promise<K6 | undefined>][] = [
    ['path', () => k6OnPath(settings, log)],
    ['docker', () => k6InDocker(settings, log, false)],
    ['go', () => k6BuiltBefore(settings)],
    ['docker', () => k6InDocker(settings, log, true)],
    ['go', () => k6BuiltNow(settings, log)],
  ];
  for (const [source, attempt] of attempts) {
    const k6 = sources.includes(source) ? await attempt() : undefined;
    if (k6) return k6;
  }
  return undefined;
};
