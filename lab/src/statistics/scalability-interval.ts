import type { Estimate } from './estimate.ts';
import { clusterError } from './resample.ts';
import { fitScalability, type Point, peakOf, type Scalability } from './scalability.ts';
import { reachOf } from './student.ts';

export interface ScalabilityEstimate {
  lambda: Estimate;
  sigma: Estimate;
  kappa: Estimate;
  /** N with the most throughput. A null value or high: none was found, or none that can be bounded from above. */
  peak: { value: number | null; low: number | null; high: number | null; trials: number };
}

type Sweep = readonly Point[];

/** 1 / N*², which is 0 where there is no peak, and so has an error where the peak itself has none. */
const bend = ({ sigma, kappa }: Scalability): number => (sigma >= 1 ? kappa : kappa / (1 - sigma));

const isEnough = (points: Sweep): boolean => new Set(points.map(({ n }) => n)).size >= 3;

/** Fits are kept by the sweeps that were drawn: six sweeps can be drawn in only 462 ways. */
const createRefit = (sweeps: readonly Sweep[]): ((drawn: readonly number[]) => Scalability | null) => {
  const known = new Map<string, Scalability | null>();
  return (drawn) => {
    const key = drawn.toSorted((a, b) => a - b).join();
    const points = drawn.flatMap((index) => sweeps[index] ?? []);
    const found = known.get(key) ?? (isEnough(points) ? fitScalability(points) : null);
    known.set(key, found);
    return found;
  };
};

/**
 * The Universal Scalability Law for `sweeps` (each one trial: throughput over N, at least three N together), with
 * 95 % intervals by a bootstrap over sweeps and Student's t; λ on the scale of logarithms, σ and κ cut off at 0.
 * No intervals (null) for a single sweep. Throws RangeError as {@link fitScalability}.
 */
export const estimateScalability = (sweeps: readonly Sweep[]): ScalabilityEstimate => {
  const trials = sweeps.length;
  const best = fitScalability(sweeps.flat());
  const refit = createRefit(sweeps);
  const indexes = sweeps.map((_, index) => index);
  const reachFor = (read: (model: Scalability) => number): number | null => {
    if (trials < 2) return null;
    const error = clusterError(indexes, (drawn) => {
      const model = refit(drawn);
      return model === null ? null : read(model);
    });
    return reachOf(trials) * error;
  };
  const atLeastZero = (value: number, reach: number | null): Estimate =>
    reach === null
      ? { value, low: null, high: null, trials }
      : { value, low: Math.max(0, value - reach), high: value + reach, trials };
  const factor = reachFor(({ lambda }) => Math.log(lambda));
  const bent = atLeastZero(bend(best), reachFor(bend));
  const peakAt = (value: number | null): number | null =>
    value === null || value === 0 ? null : 1 / Math.sqrt(value);
  return {
    lambda: {
      value: best.lambda,
      low: factor === null ? null : best.lambda * Math.exp(-factor),
      high: factor === null ? null : best.lambda * Math.exp(factor),
      trials,
    },
    sigma: atLeastZero(
      best.sigma,
      reachFor(({ sigma }) => sigma),
    ),
    kappa: atLeastZero(
      best.kappa,
      reachFor(({ kappa }) => kappa),
    ),
    peak: { value: peakOf(best), low: peakAt(bent.high), high: peakAt(bent.low), trials },
  };
};
