import { watchContainers } from '../compose/watch-ends.ts';
import type { Node } from './nodes.ts';

/**
 * Tells, in one sentence, of each container of a stack that ends without having been told to.
 * @returns what ends the watch
 */
export async function watchEnds(
  nodes: readonly Node[],
  stack: string,
  report: (sentence: string) => void,
): Promise<() => void> {
  const label = `com.docker.stack.namespace=${stack}`;
  const ends = await Promise.all(
    nodes.map(({ name: node, engine }) =>
      watchContainers(engine, label, ({ name, labels, why }) => {
        const service = labels['com.docker.swarm.service.name'] ?? '';
        const isJob = /-migrate(-once)?$/.test(service); // one that fails is repeated until the database is there
        if (!isJob) report(`${name} on ${node} ended (${why}): Swarm starts another one.`);
      }),
    ),
  );
  return () => {
    for (const end of ends) end();
  };
}
