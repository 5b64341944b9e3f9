import type { Topology } from '../../environments/environment.ts';
import { availability } from '../../statistics/availability.ts';
import type { Trial } from '../../statistics/bootstrap.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { quantileRatio, type Shift } from '../../statistics/quantile-ratio.ts';
import type { Interval } from '../../statistics/wilson.ts';
import { secondsOf } from '../../trial/cells.ts';
import type { RouteTally } from '../../trial/tally.ts';
import { shiftOf } from './count.ts';

/** A group of routes over all faults of a module together. */
export interface Pooled {
  topology: Topology;
  trials: number;
  requests: number;
  failed: number;
  availability: number | null;
  interval: Interval | null;
  p99Ratio: Estimate | null;
}

/** Takes what one fault came to, and gives the whole. Only what the whole needs is kept of it. */
export const poolOver = (topology: Topology) => {
  const trials: Trial[] = [];
  const shifts: Shift[] = [];
  return {
    add(tallies: readonly RouteTally[]): void {
      for (const tally of tallies) {
        trials.push(secondsOf(tally.phases.fault).map(({ requests, failed }) => ({ requests, failed })));
        shifts.push(shiftOf(tally));
      }
    },
    result(): Pooled {
      const { requests, failed, share, interval } = availability(trials);
      const p99Ratio = quantileRatio(shifts, 0.99);
      return { topology, trials: trials.length, requests, failed, availability: share, interval, p99Ratio };
    },
  };
};
