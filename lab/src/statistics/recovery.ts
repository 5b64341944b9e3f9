import type { Second } from './bootstrap.ts';
import { quantile } from './quantile.ts';

const healthyShare = 0.99;
const healthySeconds = 3;

const isHealthy = (second: Second): boolean =>
  second.requests - second.failed >= healthyShare * second.requests;

/**
 * Seconds from the fault's removal to the first of 3 consecutive seconds with at least 99 % answered.
 * `seconds` start at the removal, one entry a second. A second without traffic neither breaks nor makes a run.
 * Null when there is no such run.
 */
export const recoverySeconds = (seconds: readonly Second[]): number | null => {
  let start = 0;
  let run = 0;
  for (const [index, second] of seconds.entries()) {
    if (second.requests === 0) continue;
    if (!isHealthy(second)) {
      run = 0;
      continue;
    }
    if (run === 0) start = index;
    run += 1;
    if (run === healthySeconds) return start;
  }
  return null;
};

/** The median over trials, a trial that never recovered counting as longer than any other; null when that is it. */
export const medianRecovery = (byTrial: readonly (number | null)[]): number | null => {
  const sorted = byTrial.map((value) => value ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  return median !== null && Number.isFinite(median) ? median : null;
};
