import { z } from 'zod';
import type { Engine } from './engine.ts';

const event = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});

/**
 * Tells, in one sentence, of each container of these services that ends without having been told to.
 * @returns what ends the watch
 */
export async function watchEnds(
  engine: Engine,
  project: string,
  services: readonly string[],
  report: (sentence: string) => void,
): Promise<() => void> {
  const told = new Set<string>();
  const short = new Set<string>();
  const onLine = (line: string): void => {
    const { Action, Actor } = event.parse(JSON.parse(line));
    const { name = '', exitCode = '', 'com.docker.compose.service': service = '' } = Actor.Attributes;
    if (Action === 'kill') told.add(Actor.ID);
    if (Action === 'oom') short.add(Actor.ID);
    if (Action !== 'die') return;
    const why = short.delete(Actor.ID) ? 'out of memory' : `exit code ${exitCode}`;
    if (!told.delete(Actor.ID) && services.includes(service)) {
      report(`${name} ended (${why}): Docker starts it again.`);
    }
  };
  const filters = {
    type: ['container'],
    event: ['kill', 'oom', 'die'],
    label: [`com.docker.compose.project=${project}`],
  };
  return engine.follow(`/events?filters=${encodeURIComponent(JSON.stringify(filters))}`, onLine);
}
