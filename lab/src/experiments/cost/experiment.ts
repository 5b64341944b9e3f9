// What each topology costs at the same load: latency, CPU, memory, connections, bytes, and how far it goes.
import { join } from 'node:path';
import { waitUntilWell } from '../../trial/settle.ts';
import { waitUntil } from '../../trial/wait.ts';
import type { Context, Experiment, LabOptions, Slot } from '../experiment.ts';
import { discussionRoute } from '../steady/routes.ts';
import { useDuring } from '../steady/use.ts';
import { measureWindow, requireSoundLoad } from '../steady/window.ts';
import { countCost } from './count.ts';
import { readFloors } from './floors.ts';
import { searchKnee } from './knee.ts';
import { type CostRecord, costSchema } from './record.ts';
import { costSection } from './section.ts';
import { idleSeconds, type NamedSlot, namedSlots, steadySeconds, warmUpSeconds } from './slots.ts';

const runIdle = async ({ topology, trial }: NamedSlot, context: Context): Promise<CostRecord> => {
  const deployment = context.environment.deployment(topology);
  await waitUntilWell(deployment.baseUrl, context.signal);
  const until = (): Promise<void> =>
    waitUntil(Date.now() + idleSeconds(context.options) * 1000, context.signal);
  return { kind: 'idle', topology, trial, use: await useDuring(deployment, until) };
};

const runSteady = async (
  { topology, trial, id }: NamedSlot,
  load: 'mix' | 'discussion',
  rate: number,
  context: Context,
): Promise<CostRecord> => {
  const { options, environment } = context;
  const measured = await measureWindow(context, environment.deployment(topology), {
    rate,
    warmUpSeconds,
    seconds: steadySeconds(options),
    // All topologies of a block get the same requests in the same order.
    seed: options.seed + trial,
    ...(load === 'discussion' ? { only: [discussionRoute] } : {}),
    samples: join('samples', `${id}.csv.gz`),
  });
  requireSoundLoad(measured);
  return { kind: 'steady', topology, trial, load, window: measured.window };
};

const run = async (slot: Slot, context: Context): Promise<CostRecord> => {
  const named = namedSlots(context.options).find(({ id }) => id === slot.id);
  if (named === undefined) throw new Error(`cost has no slot ${slot.id}`);
  const { work, topology, trial, id } = named;
  if (work.kind === 'idle') return runIdle(named, context);
  if (work.kind === 'steady') return runSteady(named, work.load, work.rate, context);
  const deployment = context.environment.deployment(topology);
  const found = await searchKnee(context, deployment, id, context.options.seed + trial);
  return { kind: 'knee', topology, trial, ...found };
};

export const cost: Experiment<CostRecord> = {
  name: 'cost',
  schema: costSchema,
  slots: (options: LabOptions) =>
    namedSlots(options).map(({ id, title, topologies, seconds }) => ({ id, title, topologies, seconds })),
  run,
  section: async (kept, folder) => {
    const records = kept.map(({ record }) => record);
    return costSection(await countCost(records, folder), await readFloors(folder));
  },
};
