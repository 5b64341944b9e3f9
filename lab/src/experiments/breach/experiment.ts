// breach: what the code of one component reaches, if it does as an intruder likes.
import type { Environment, Topology } from '../../environments/environment.ts';
import type { Context, Experiment, Slot } from '../experiment.ts';
import { probeSource } from './bundle.ts';
import { doorsOf } from './doors.ts';
import { listenOnHost } from './host-listener.ts';
import { internet, names } from './inside/outside.ts';
import { judge } from './judge.ts';
import { lootSchema } from './loot.ts';
import { drawMap, introductions } from './map.ts';
import { attackFromOutside } from './public-side.ts';
import { type BreachRecord, breachSchema } from './record.ts';
import { section } from './section.ts';

/** Every attack on every asset of one topology, once: nothing in it is left to chance. */
export async function attackTopology(environment: Environment, topology: Topology): Promise<BreachRecord> {
  const deployment = environment.deployment(topology);
  const told = await introductions(deployment);
  const listener = await listenOnHost(told);
  try {
    const targets = await drawMap(deployment, told, listener.at);
    const source = await probeSource('attack.ts', 'attack', targets);
    const rows: BreachRecord['rows'] = [];
    for (const service of told.keys()) {
      const loot = lootSchema.parse(await deployment.probe(service, source));
      rows.push({ place: service, attacks: judge(loot, targets, told) });
    }
    rows.push({ place: 'public side', attacks: await attackFromOutside(deployment.baseUrl, targets, told) });
    return {
      topology,
      environment: environment.name,
      rows,
      serving: targets.serving,
      machine: { internet: await internet(targets), names: await names(targets) },
      doors: await doorsOf(environment, deployment),
    };
  } finally {
    await listener.close();
  }
}

const slots = (topologies: readonly Topology[]): Slot[] =>
  topologies.map((topology) => ({
    id: topology,
    title: `${topology}, every component attacked from inside`,
    topologies: [topology],
    seconds: 20,
  }));

export const breach: Experiment<BreachRecord> = {
  name: 'breach',
  schema: breachSchema,
  slots: ({ topologies }) => slots(topologies),
  run: ({ id }: Slot, { environment, options }: Context) => {
    const topology = options.topologies.find((name) => name === id);
    if (topology === undefined) throw new Error(`${id} is not one of the topologies`);
    return attackTopology(environment, topology);
  },
  section: async (kept) => section(kept.map(({ record }) => record)),
};
