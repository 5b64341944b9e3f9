import { z } from 'zod';
import type { Engine } from './engine.ts';

const event = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});

/** A container that ended without having been told to. */
export interface Ended {
  name: string;
  labels: Readonly<Record<string, string>>;
  /** As in `out of memory` or `exit code 1`. */
  why: string;
}

/**
 * Tells of each container of an engine with this label (`name=value`) that ends without having been told to.
 * @returns what ends the watch
 */
export function watchContainers(
  engine: Engine,
  label: string,
  onEnded: (ended: Ended) => void,
): Promise<() => void> {
  const told = new Set<string>();
  const short = new Set<string>();
  const onLine = (line: string): void => {
    const { Action, Actor } = event.parse(JSON.parse(line));
    const { name = '', exitCode = '', ...labels } = Actor.Attributes;
    if (Action === 'kill') told.add(Actor.ID);
    if (Action === 'oom') short.add(Actor.ID);
    if (Action !== 'die') return;
    const why = short.delete(Actor.ID) ? 'out of memory' : `exit code ${exitCode}`;
    if (!told.delete(Actor.ID)) onEnded({ name, labels, why });
  };
  const filters = { type: ['container'], event: ['kill', 'oom', 'die'], label: [label] };
  return engine.follow(`/events?filters=${encodeURIComponent(JSON.stringify(filters))}`, onLine);
}

/**
 * Tells, in one sentence, of each container of these services that ends without having been told to.
 * @returns what ends the watch
 */
export const watchEnds = (
  engine: Engine,
  project: string,
  services: readonly string[],
  report: (sentence: string) => void,
): Promise<() => void> =>
  watchContainers(engine, `com.docker.compose.project=${project}`, ({ name, labels, why }) => {
    const service = labels['com.docker.compose.service'] ?? '';
    if (services.includes(service)) report(`${name} ended (${why}): Docker starts it again.`);
  });
