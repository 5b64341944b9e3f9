import type { MainTopology } from '../environments/environment.ts';

/** One trial to be run: the how-manieth of its topology, from 1. */
export type Slot = { topology: MainTopology; trial: number };

const pairs: readonly (readonly [MainTopology, MainTopology])[] = [
  ['monolith', 'microservices'],
  ['microservices', 'monolith'],
];

/**
 * The order of trials: A B, B A, A B, … so that a machine that grows slower (or warmer) by the minute
 * does so to both topologies alike.
 */
export const schedule = (trials: number): Slot[] =>
  Array.from({ length: trials }, (_, index) => index + 1).flatMap((trial) =>
    (pairs[(trial - 1) % 2] ?? []).map((topology) => ({ topology, trial })),
  );
