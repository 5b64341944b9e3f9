import { quantileSorted } from 'simple-statistics';

/**
 * The quantile `p` (0 to 1) of values already sorted upwards, interpolated as R (type 7) and numpy do.
 * Null when there are no values: no latency is not a latency of zero.
 */
export const quantile = (sorted: readonly number[], p: number): number | null =>
  sorted.length === 0 ? null : quantileSorted(sorted, p);
