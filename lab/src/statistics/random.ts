import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws an integer from 0 to `bound` - 1, each as likely as the others. */
export type DrawBelow = (bound: number) => number;

/** A source of draws that repeats exactly for the same seed, so that a report can be redrawn to the digit. */
export const createDraw = (seed: number): DrawBelow => {
  const generator = xoroshiro128plus(seed);
  return (bound) => Math.floor(uniformFloat64(generator) * bound);
};
