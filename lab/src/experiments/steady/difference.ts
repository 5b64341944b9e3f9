import { type Difference, describeDifference } from '../../statistics/difference.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { ratioOfMedians } from '../../statistics/ratio-of-medians.ts';

/** A ratio of medians, and what it allows to be said. */
export interface Compared {
  ratio: Estimate;
  difference: Difference;
}

/**
 * median(a) / median(b), one value a trial, held against the noise `floor` (0.03: 3 %). Undefined where one of them
 * has no values, or a zero, of which there is no ratio.
 */
export const compareValues = (
  a: readonly number[],
  b: readonly number[],
  floor: number,
): Compared | undefined => {
  if (a.length === 0 || b.length === 0) return undefined;
  if (![...a, ...b].every((value) => value > 0 && Number.isFinite(value))) return undefined;
  const ratio = ratioOfMedians(a, b);
  return { ratio, difference: describeDifference(ratio, floor) };
};
