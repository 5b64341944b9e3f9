import type { Estimate } from './estimate.ts';
import { jackknifeError } from './jackknife.ts';
import { fitFreely, fitScalability, type Point, peakOf, type Scalability } from './scalability.ts';
import { reachOf } from './student.ts';

export interface ScalabilityEstimate {
  lambda: Estimate;
  sigma: Estimate;
  kappa: Estimate;
  /** N with the most throughput. A null value or high: none was found, or none that can be bounded from above. */
  peak: { value: number | null; low: number | null; high: number | null; trials: number };
}

type Sweep = readonly Point[];
type Reading = (model: Scalability) => number;

/** 1 / N*², which is 0 where there is no peak, and so has an error where the peak itself has none. */
const bend: Reading = ({ sigma, kappa }) => (sigma >= 1 ? kappa : kappa / (1 - sigma));

const isEnough = (sweeps: readonly Sweep[]): boolean =>
  new Set(sweeps.flatMap((sweep) => sweep.map(({ n }) => n))).size >= 3;

/** Whether an error can be told: at least two sweeps, and every N is left when one of them is left out. */
const hasError = (sweeps: readonly Sweep[]): boolean =>
  sweeps.length > 1 && sweeps.every((_, left) => isEnough(sweeps.filter((_, index) => index !== left)));

/** The interval of one coefficient around `value`, which is on the edge (0) where the free fit is beyond it. */
const interval = (sweeps: readonly Sweep[], value: number, read: Reading): Estimate => {
  const trials = sweeps.length;
  if (!hasError(sweeps)) return { value, low: null, high: null, trials };
  const centre = read(fitFreely(sweeps.flat()));
  const reach = reachOf(trials) * jackknifeError(sweeps, (kept) => read(fitFreely(kept.flat())));
  return {
    value,
    low: Math.min(value, Math.max(0, centre - reach)),
    high: Math.max(value, centre + reach),
    trials,
  };
};

const peakAt = (bent: number | null): number | null =>
  bent === null || bent === 0 ? null : 1 / Math.sqrt(bent);

/**
 * The Universal Scalability Law for `sweeps` (each one trial: throughput over N, at least three N together), with
 * 95 % intervals by a jackknife over sweeps and Student's t, cut off at 0. The errors are those of a fit whose σ and κ
 * may be below 0: held at the edge they would vary too little (78 % instead of 95 % of the intervals were right).
 * No intervals (null) for a single sweep. Throws RangeError as {@link fitScalability}.
 */
export const estimateScalability = (sweeps: readonly Sweep[]): ScalabilityEstimate => {
  const best = fitScalability(sweeps.flat());
  const bent = interval(sweeps, bend(best), bend);
  return {
    lambda: interval(sweeps, best.lambda, ({ lambda }) => lambda),
    sigma: interval(sweeps, best.sigma, ({ sigma }) => sigma),
    kappa: interval(sweeps, best.kappa, ({ kappa }) => kappa),
    peak: { value: peakOf(best), low: peakAt(bent.high), high: peakAt(bent.low), trials: sweeps.length },
  };
};
