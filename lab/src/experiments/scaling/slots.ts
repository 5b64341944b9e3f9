import type { Topology } from '../../environments/environment.ts';
import type { LabOptions, Slot } from '../experiment.ts';
import { blocksOf, trialsOf } from '../steady/trials.ts';
import type { ScalingRecord } from './record.ts';

/** Requests a second: the base, twice that, four times that, and on. */
export const rates = ({ quick }: LabOptions): number[] => (quick ? [50, 100] : [100, 200, 400, 800, 1_600]);
/** Of what is scaled; the law needs throughput at three of them at least. */
export const counts = ({ quick }: LabOptions): number[] => (quick ? [1, 2, 3] : [1, 2, 3, 4]);

const usual = { ladder: 2, sweep: 3 } as const;
const seconds = { ladder: 50, sweep: 32 } as const;
const quickSeconds = { ladder: 15, sweep: 15 } as const;

export type NamedSlot = Slot & Pick<ScalingRecord, 'kind' | 'trial'> & { topology: Topology };

/** All trials: one block a trial, in it the ladders and then the sweeps, topologies in the block's order. */
export const namedSlots = (options: LabOptions): NamedSlot[] =>
  blocksOf(options).flatMap(({ trial, order }) =>
    (['ladder', 'sweep'] as const).flatMap((kind) =>
      order
        .filter((topology) => trial <= trialsOf(topology, options, usual[kind]))
        .map((topology) => ({
          kind,
          trial,
          topology,
          id: `${kind}.${topology}.${trial}`,
          title: `${topology}, ${kind}, trial ${trial}`,
          topologies: [topology],
          seconds: (options.quick ? quickSeconds : seconds)[kind],
        })),
    ),
  );
