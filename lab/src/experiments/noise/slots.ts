import type { Topology } from '../../environments/environment.ts';
import type { LabOptions, Slot } from '../experiment.ts';
import { interleaved } from '../steady/trials.ts';
import { labels, type NoiseRecord } from './record.ts';

/** Requests a second: the rate of most of what cost compares. */
export const rateOf = ({ quick }: LabOptions): number => (quick ? 100 : 200);
export const warmUpSeconds = 1.5;
export const windowSeconds = ({ quick }: LabOptions): number => (quick ? 2 : 5);

const usualTrials = 6;
/** Starting the generator, and waiting for the last answers. */
const aroundSeconds = 3;

type Named = Pick<NoiseRecord, 'topology' | 'label' | 'trial'>;

const idOf = ({ topology, label, trial }: Named): string => `${topology}.${label}.${trial}`;

/** All trials: in each block each topology twice, as A1 and A2 in odd blocks and as A2 and A1 in even ones. */
export const namedSlots = (options: LabOptions): (Slot & Named)[] =>
  interleaved(options, usualTrials).flatMap(({ trial, order }) =>
    order.flatMap((topology: Topology) =>
      (trial % 2 === 1 ? labels : [...labels].reverse()).map((label) => ({
        topology,
        label,
        trial,
        id: idOf({ topology, label, trial }),
        title: `${topology} as ${label}, trial ${trial}`,
        topologies: [topology],
        seconds: warmUpSeconds + windowSeconds(options) + aroundSeconds,
      })),
    ),
  );
