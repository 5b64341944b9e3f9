import type { Topology } from '../../environments/environment.ts';
import type { LabOptions, Slot } from '../experiment.ts';
import { blocksOf, trialsOf } from '../steady/trials.ts';
import type { loads } from './record.ts';

/** What one slot does. `usual` is how many trials of it there are unless the command line says so. */
export type Work =
  | { kind: 'steady'; load: (typeof loads)[number]; rate: number; usual: number }
  | { kind: 'idle'; usual: number }
  | { kind: 'knee'; usual: number };

/** Requests a second of what most comparisons are made at; more trials than at the other rates. */
export const mainRate = ({ quick }: LabOptions): number => (quick ? 100 : 200);
export const warmUpSeconds = 1.5;
export const idleSeconds = ({ quick }: LabOptions): number => (quick ? 2 : 5);
export const steadySeconds = ({ quick }: LabOptions): number => (quick ? 2 : 5);

/** Starting the generator, and waiting for the last answers. */
const aroundSeconds = 3;
/** Five or six steps of a few seconds. */
const kneeSeconds = 32;

const works = (options: LabOptions): Work[] =>
  options.quick
    ? [
        { kind: 'idle', usual: 1 },
        { kind: 'steady', load: 'mix', rate: mainRate(options), usual: 1 },
        { kind: 'steady', load: 'discussion', rate: mainRate(options) / 2, usual: 1 },
        { kind: 'knee', usual: 1 },
      ]
    : [
        { kind: 'idle', usual: 3 },
        { kind: 'steady', load: 'mix', rate: mainRate(options), usual: 6 },
        { kind: 'steady', load: 'mix', rate: 100, usual: 3 },
        { kind: 'steady', load: 'mix', rate: 400, usual: 3 },
        { kind: 'steady', load: 'discussion', rate: 100, usual: 6 },
        { kind: 'knee', usual: 2 },
      ];

/** Trials of a work: what the command line says counts for the main comparisons only, or as an upper bound. */
const wanted = (work: Work, topology: Topology, options: LabOptions): number => {
  const { trials, ...others } = options;
  const most = trialsOf(topology, { ...others, trials: undefined }, work.usual);
  if (trials === undefined) return most;
  return work.usual === 6 ? trialsOf(topology, options, work.usual) : Math.min(trials, most);
};

const nameOf = (work: Work): string => (work.kind === 'steady' ? `${work.load}-${work.rate}` : work.kind);

const secondsOf = (work: Work, options: LabOptions): number => {
  if (work.kind === 'idle') return idleSeconds(options);
  if (work.kind === 'knee') return options.quick ? kneeSeconds / 2 : kneeSeconds;
  return warmUpSeconds + steadySeconds(options) + aroundSeconds;
};

export type NamedSlot = Slot & { work: Work; topology: Topology; trial: number };

const slotOf = (work: Work, topology: Topology, trial: number, options: LabOptions): NamedSlot => ({
  work,
  topology,
  trial,
  id: `${nameOf(work)}.${topology}.${trial}`,
  title: `${topology}, ${nameOf(work)}, trial ${trial}`,
  topologies: [topology],
  seconds: secondsOf(work, options),
});

/** All trials: one block a trial, in it each work, and for each work the topologies in the block's order. */
export const namedSlots = (options: LabOptions): NamedSlot[] =>
  blocksOf(options).flatMap(({ trial, order }) =>
    works(options).flatMap((work) =>
      order
        .filter((topology) => trial <= wanted(work, topology, options))
        .map((topology) => slotOf(work, topology, trial, options)),
    ),
  );
