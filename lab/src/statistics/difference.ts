import type { Estimate } from './estimate.ts';

/**
 * What a ratio of times says: `times` as many (above 1 for "slower" and below for "faster"), between `low` and `high`.
 * "none" is "no difference found", which is not "no difference": `why` says what hides it.
 */
export type Difference =
  | { found: 'none'; why: 'few trials' | 'interval' | 'noise'; times: number }
  | { found: 'slower' | 'faster'; times: number; low: number; high: number };

/** Whether `ratio` is as near 1 as `floor` (0.03: from 1/1.03 to 1.03). */
export const isWithin = (ratio: number, floor: number): boolean =>
  Math.abs(Math.log(ratio)) <= Math.log1p(floor);

/**
 * Reads a ratio of times (or of costs: less is better). A difference is found only when the 95 % interval leaves out
 * 1 and the ratio itself is further from 1 than `floor`, the noise of the same thing compared with itself.
 */
export const describeDifference = (ratio: Estimate, floor: number): Difference => {
  const { value: times, low, high } = ratio;
  if (low === null || high === null) return { found: 'none', why: 'few trials', times };
  if (low <= 1 && high >= 1) return { found: 'none', why: 'interval', times };
  if (isWithin(times, floor)) return { found: 'none', why: 'noise', times };
  return { found: times > 1 ? 'slower' : 'faster', times, low, high };
};
