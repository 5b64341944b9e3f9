import type { Cell } from './count.ts';
import type { Digest } from './digest.ts';
import { isSpared } from './groups.ts';

/** A route that a fault in another module's part reached, although each module has its own process. */
export interface Coupling {
  cell: Cell;
  /** What couples them, as the code has it; nothing is known for other routes. */
  why: string | undefined;
}

const fewestAnswered = 0.9999;
const mostInflation = 1.2;

/** Reads of the contract that cross modules: where one module's code asks another's before it answers. */
const known: Record<string, { asks: readonly string[]; why: string }> = {
  'POST /api/threads': {
    asks: ['users'],
    why: 'asks users whether the author exists, and refuses when nobody answers',
  },
  'POST /api/posts': {
    asks: ['users', 'threads'],
    why: 'asks users and threads whether author and thread exist, and refuses when nobody answers',
  },
};

const whyOf = ({ route, module }: Cell): string | undefined =>
  known[route]?.asks.includes(module) ? known[route].why : undefined;

/** Failed more than 1 of 10,000 beyond doubt, or p99 above 1.2 times the baseline beyond doubt. */
const isReached = ({ broken, p99Ratio }: Cell): boolean =>
  (broken.availabilityCi !== null && broken.availabilityCi[1] < fewestAnswered) ||
  (p99Ratio !== null && p99Ratio.low !== null && p99Ratio.low > mostInflation);

/** Every route of another module that a fault reached in microservices. The discussion crosses by contract and is left out. */
export const couplings = ({ cells }: Digest): Coupling[] =>
  cells
    .filter((cell) => cell.topology === 'microservices' && isSpared(cell.route, cell.module))
    .filter(isReached)
    .map((cell) => ({ cell, why: whyOf(cell) }));
