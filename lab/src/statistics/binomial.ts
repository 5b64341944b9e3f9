import { gammaln, sum } from 'simple-statistics';

/** P(X = k) of a binomial distribution, by logarithms: the factors alone leave the range of a number. */
const mass = (k: number, n: number, p: number): number =>
  Math.exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p));

/**
 * P(X ≥ k): how likely `k` or more of `n` independent tries succeed, each with probability `p` (between 0 and 1).
 * Summed term by term; simple-statistics' own distribution stops where 0.0001 is left, which is where tails begin.
 */
export const binomialTail = (k: number, n: number, p: number): number => {
  if (k <= 0) return 1;
  const terms = Array.from({ length: Math.max(0, n - k + 1) }, (_, i) => mass(k + i, n, p));
  return terms.length === 0 ? 0 : Math.min(1, sum(terms));
};
