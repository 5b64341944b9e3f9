import type { Topology } from '../../environments/environment.ts';
import type { LabOptions, Slot } from '../experiment.ts';
import { interleaved } from '../steady/trials.ts';

const USUAL_TRIALS = 3;

export interface RollSlot extends Slot {
  topology: Topology;
  trial: number;
}

export const codeSlot: Slot = {
  id: 'code',
  title: 'what the sources are coupled by',
  topologies: [],
  seconds: 2,
};

/** Seconds of load: a replica takes a few seconds, and monolith-replicated rolls three of them one after the other. */
export const loadSeconds = (topology: Topology, { quick }: LabOptions): number =>
  (quick ? 25 : 40) * (topology === 'monolith-replicated' ? 2 : 1);

export const rollSlots = (options: LabOptions): RollSlot[] =>
  interleaved(options, USUAL_TRIALS).flatMap(({ trial, order }) =>
    order.map((topology) => ({
      id: `${topology}-${trial}`,
      title: `${topology}, a one-line change in posts, trial ${trial}`,
      topologies: [topology],
      seconds: loadSeconds(topology, options) + (options.env === 'compose' ? 40 : 10),
      topology,
      trial,
    })),
  );
