import type { Estimate } from './estimate.ts';
import { type Pool, pooledQuantile, poolOf } from './pooled-quantile.ts';
import { clusterError } from './resample.ts';
import { reachOf } from './student.ts';

/** Latencies (ms, positive, in any order) of one trial with and without the fault. */
export interface Shift {
  fault: readonly number[];
  baseline: readonly number[];
}

const timesOf = (drawn: readonly number[], trials: number): number[] => {
  const times = Array.from({ length: trials }, () => 0);
  for (const trial of drawn) times[trial] = (times[trial] ?? 0) + 1;
  return times;
};

const logRatio = (fault: Pool, baseline: Pool, times: readonly number[], p: number): number | null => {
  const above = pooledQuantile(fault, times, p);
  const below = pooledQuantile(baseline, times, p);
  return above === null || below === null ? null : Math.log(above / below);
};

/**
 * The quantile `p` (0.99) of the latencies of all trials together during the fault, as a multiple of that of their
 * baselines. The 95 % interval is a cluster bootstrap over trials, a trial's fault and baseline drawn together, on the
 * scale of logarithms and with Student's t: latencies of a trial share its luck, so single ones are not drawn.
 * Trials without latencies on either side are left out; null when none is left. No interval below 2 trials.
 */
export const quantileRatio = (shifts: readonly Shift[], p: number): Estimate | null => {
  const kept = shifts.filter(({ fault, baseline }) => fault.length > 0 && baseline.length > 0);
  const fault = poolOf(kept.map((shift) => shift.fault));
  const baseline = poolOf(kept.map((shift) => shift.baseline));
  const all = kept.map((_, trial) => trial);
  const ratioOf = (drawn: readonly number[]): number | null =>
    logRatio(fault, baseline, timesOf(drawn, kept.length), p);
  const log = ratioOf(all);
  if (log === null) return null;
  const value = Math.exp(log);
  if (kept.length < 2) return { value, low: null, high: null, trials: kept.length };
  const reach = reachOf(kept.length) * clusterError(all, ratioOf);
  return { value, low: Math.exp(log - reach), high: Math.exp(log + reach), trials: kept.length };
};
