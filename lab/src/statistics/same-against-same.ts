import { binomialTail } from './binomial.ts';
import { isWithin } from './difference.ts';
import type { Estimate } from './estimate.ts';

/** The share of 95 % intervals that leave out the truth by chance. */
const missShare = 0.05;
/** Less likely than this is no chance. */
const chance = 0.01;
const tolerance = 0.03;

export interface SameAgainstSame {
  ratios: number;
  /** Ratios whose 95 % interval leaves out 1. */
  outside: number;
  /** The most that may be outside: more have a probability below 1 %. */
  allowed: number;
  /** Probability of as many outside, or more, if the intervals are what they say. */
  probability: number;
  /** All ratios within ±3 % of 1. */
  near: boolean;
  /** Near, or no more outside than allowed. */
  sound: boolean;
}

const mostByChance = (n: number): number => {
  let most = 0;
  while (binomialTail(most + 1, n, missShare) >= chance) most += 1;
  return most;
};

/**
 * Judges A/A ratios (a topology against itself), whose truth is 1: an instrument is sound when all are within ±3 %,
 * or when no more of their 95 % intervals leave out 1 than chance allows (binomial, exact, 1 %). Ratios without an
 * interval count only for the first. Ratios of routes within one trial share its luck, so the binomial is a guide:
 * it takes them for independent, and so blames rather than excuses.
 */
export const sameAgainstSame = (estimates: readonly Estimate[]): SameAgainstSame => {
  const judged = estimates.filter(({ low, high }) => low !== null && high !== null);
  const outside = judged.filter(({ low, high }) => (low ?? 1) > 1 || (high ?? 1) < 1).length;
  const allowed = mostByChance(judged.length);
  const near = estimates.length > 0 && estimates.every(({ value }) => isWithin(value, tolerance));
  return {
    ratios: estimates.length,
    outside,
    allowed,
    probability: binomialTail(outside, judged.length, missShare),
    near,
    sound: near || (judged.length > 0 && outside <= allowed),
  };
};
