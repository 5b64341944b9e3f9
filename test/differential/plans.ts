import fc from 'fast-check';
import type { Plan } from './known.ts';
import * as oddities from './oddities.ts';
import * as reads from './reads.ts';
import * as writes from './writes.ts';

const weigh = (weight: number, arbitrary: fc.Arbitrary<Plan>) => ({ weight, arbitrary });

/** Requests of every kind, valid and not, in the proportions in which they tell most. */
export const plans = (): fc.Arbitrary<Plan> =>
  fc.oneof(
    weigh(6, reads.list()),
    weigh(3, reads.one()),
    weigh(3, reads.batch()),
    weigh(2, reads.walk()),
    weigh(8, writes.create()),
    weigh(4, writes.createWrong()),
    weigh(4, writes.createOnce()),
    weigh(3, writes.change()),
    weigh(2, writes.remove()),
    weigh(4, oddities.method()),
    weigh(4, oddities.rawPath()),
    weigh(4, oddities.encoding()),
    weigh(2, oddities.size()),
    weigh(4, oddities.headers()),
  );
