// A/A: the same topology against itself through everything that a comparison goes through.
import { join } from 'node:path';
import type { Context, Experiment, LabOptions, Slot } from '../experiment.ts';
import { measureWindow, requireSoundLoad } from '../steady/window.ts';
import { countNoise } from './digest.ts';
import { type NoiseRecord, noiseSchema } from './record.ts';
import { noiseSection } from './section.ts';
import { namedSlots, rateOf, warmUpSeconds, windowSeconds } from './slots.ts';

const run = async (slot: Slot, context: Context): Promise<NoiseRecord> => {
  const { options, environment } = context;
  const named = namedSlots(options).find(({ id }) => id === slot.id);
  if (named === undefined) throw new Error(`noise has no slot ${slot.id}`);
  const { topology, label, trial } = named;
  const measured = await measureWindow(context, environment.deployment(topology), {
    rate: rateOf(options),
    warmUpSeconds,
    seconds: windowSeconds(options),
    // Both labels of a trial send the same requests in the same order.
    seed: options.seed + trial,
    samples: join('samples', `${slot.id}.csv.gz`),
  });
  requireSoundLoad(measured);
  return { topology, label, trial, window: measured.window };
};

export const noise: Experiment<NoiseRecord> = {
  name: 'noise',
  schema: noiseSchema,
  slots: (options: LabOptions) =>
    namedSlots(options).map(({ id, title, topologies, seconds }) => ({ id, title, topologies, seconds })),
  run,
  section: async (kept, folder) =>
    noiseSection(
      await countNoise(
        kept.map(({ record }) => record),
        folder,
      ),
    ),
};
