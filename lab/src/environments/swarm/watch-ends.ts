import { z } from 'zod';
import type { Node } from './nodes.ts';

const event = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});

/**
 * Tells, in one sentence, of each container of a stack that ends without having been told to.
 * @returns what ends the watch
 */
export async function watchEnds(
  nodes: readonly Node[],
  stack: string,
  report: (sentence: string) => void,
): Promise<() => void> {
  const ends = await Promise.all(nodes.map((node) => watchNode(node, stack, report)));
  return () => {
    for (const end of ends) end();
  };
}

async function watchNode(
  { name: node, engine }: Node,
  stack: string,
  report: (sentence: string) => void,
): Promise<() => void> {
  const told = new Set<string>();
  const short = new Set<string>();
  const onLine = (line: string): void => {
    const { Action, Actor } = event.parse(JSON.parse(line));
    const { name = '', exitCode = '', 'com.docker.swarm.service.name': service = '' } = Actor.Attributes;
    if (Action === 'kill') told.add(Actor.ID);
    if (Action === 'oom') short.add(Actor.ID);
    if (Action !== 'die') return;
    const why = short.delete(Actor.ID) ? 'out of memory' : `exit code ${exitCode}`;
    const isJob = service.endsWith('-migrate'); // one that fails is repeated until the database is there
    if (!told.delete(Actor.ID) && !isJob) {
      report(`${name} on ${node} ended (${why}): Swarm starts another one.`);
    }
  };
  const filters = {
    type: ['container'],
    event: ['kill', 'oom', 'die'],
    label: [`com.docker.stack.namespace=${stack}`],
  };
  return engine.follow(`/events?filters=${encodeURIComponent(JSON.stringify(filters))}`, onLine);
}
