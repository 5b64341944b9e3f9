import { mean } from 'simple-statistics';

/**
 * Standard error of a smooth statistic of `clusters` (at least 2) by leaving out each of them once (Tukey 1958;
 * Efron and Tibshirani 1993, chapter 11). As many evaluations as clusters, where a bootstrap needs hundreds.
 */
export const jackknifeError = <T>(
  clusters: readonly T[],
  statistic: (kept: readonly T[]) => number,
): number => {
  const without = clusters.map((_, left) => statistic(clusters.filter((_, index) => index !== left)));
  const middle = mean(without);
  const squares = without.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(((clusters.length - 1) / clusters.length) * squares);
};
