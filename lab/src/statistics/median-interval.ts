import { binomialTail } from './binomial.ts';
import type { Estimate } from './estimate.ts';
import { quantile } from './quantile.ts';

const outside = 0.025;

/**
 * How many values lie below the lower end, 0 for the smallest: the most for which the ends still hold the median in
 * 95 % of studies. Each value is below the median with probability 1/2, so this is exact for any distribution
 * (Conover, Practical Nonparametric Statistics, 3rd edition, section 3.2). Null: not even the extremes do.
 */
const rankOf = (n: number): number | null => {
  let rank = -1;
  while (binomialTail(n - rank - 1, n, 0.5) <= outside) rank += 1;
  return rank < 0 ? null : rank;
};

/**
 * The median with its exact 95 % interval: two of the values themselves. Six are the fewest that have one; with
 * fewer, low and high are null. Throws RangeError when there are no values.
 */
export const medianInterval = (values: readonly number[]): Estimate => {
  const sorted = [...values].sort((a, b) => a - b);
  const value = quantile(sorted, 0.5);
  if (value === null) throw new RangeError('a median needs values');
  const rank = rankOf(sorted.length);
  return {
    value,
    low: rank === null ? null : (sorted[rank] ?? null),
    high: rank === null ? null : (sorted[sorted.length - 1 - rank] ?? null),
    trials: sorted.length,
  };
};
