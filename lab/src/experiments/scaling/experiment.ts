// What it takes to serve more of one route: its load doubled and doubled again, and throughput over replicas.
import type { Context, Experiment, LabOptions, Slot } from '../experiment.ts';
import { climb } from './ladder.ts';
import { type ScalingRecord, scalingSchema } from './record.ts';
import { keepingReplicas, scaledIn } from './replicas.ts';
import { scalingSection } from './section.ts';
import { namedSlots } from './slots.ts';
import { sweepReplicas } from './sweep.ts';

const run = async (slot: Slot, context: Context): Promise<ScalingRecord> => {
  const named = namedSlots(context.options).find(({ id }) => id === slot.id);
  if (named === undefined) throw new Error(`scaling has no slot ${slot.id}`);
  const { kind, topology, trial, id } = named;
  const deployment = context.environment.deployment(topology);
  const scaled = await scaledIn(deployment);
  return keepingReplicas(deployment, scaled, context.signal, async () => {
    if (kind === 'sweep') {
      return {
        kind,
        topology,
        trial,
        scaled,
        points: await sweepReplicas(context, deployment, scaled, trial),
      };
    }
    const seed = context.options.seed + trial;
    return { kind, topology, trial, scaled, steps: await climb(context, deployment, scaled, id, seed) };
  });
};

export const scaling: Experiment<ScalingRecord> = {
  name: 'scaling',
  schema: scalingSchema,
  slots: (options: LabOptions) =>
    namedSlots(options).map(({ id, title, topologies, seconds }) => ({ id, title, topologies, seconds })),
  run,
  section: async (kept) => scalingSection(kept.map(({ record }) => record)),
};
