import type { z } from 'zod';
import type { Environment, Topology } from '../../environments/environment.ts';
import { layouts } from '../../environments/layout.ts';

/** Runs a module inside of every component of these topologies, and reads what it wrote. */
export async function askComponents<T>(
  environment: Environment,
  topologies: readonly Topology[],
  source: string,
  schema: z.ZodType<T>,
): Promise<{ who: string; answer: T }[]> {
  const asked = topologies.flatMap((topology) => {
    const deployment = environment.deployment(topology);
    return layouts[topology].services.map(async ({ name }) => ({
      who: `${topology}/${name}`,
      answer: schema.parse(await deployment.probe(name, source)),
    }));
  });
  return Promise.all(asked);
}
