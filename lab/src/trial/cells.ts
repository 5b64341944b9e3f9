import { availability } from '../statistics/availability.ts';
import type { Second } from '../statistics/bootstrap.ts';
import { quantile } from '../statistics/quantile.ts';
import { medianRecovery, recoverySeconds } from '../statistics/recovery.ts';
import type { Interval } from '../statistics/wilson.ts';
import { type Bucket, merge } from './bucket.ts';
import { answeredWithin } from './distribution.ts';
import { type Phase, phases } from './phases.ts';
import type { PhaseTally, RouteTally } from './tally.ts';

/** What is counted of a route (or group of routes) in one phase, over some trials. */
export type CellNumbers = {
  phase: Phase;
  requests: number;
  failed: number;
  /** Of the answered ones: said that a part is missing. */
  degraded: number;
  /** Of the answered ones: only after the fault was removed. */
  late: number;
  /** Requests by status; "0" is no answer. */
  statuses: Record<string, number>;
  availability: number | null;
  availabilityCi: Interval | null;
  availabilityByTrial: (number | null)[];
  p50Ms: number | null;
  p99Ms: number | null;
  p50MsByTrial: (number | null)[];
  recoverySeconds: number | null;
  recoverySecondsByTrial: (number | null)[];
};

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(3)));

/** A phase's seconds in order; one without requests of this route has zeros. */
export const secondsOf = ({ seconds }: PhaseTally): Second[] =>
  Array.from(
    { length: Math.max(...seconds.keys(), -1) + 1 },
    (_, i) => seconds.get(i) ?? { requests: 0, failed: 0 },
  );

/** All requests of a phase. */
const bucketOf = ({ seconds }: PhaseTally): Bucket => merge([...seconds.values()]);

const shareOf = ({ requests, failed }: Bucket): number | null =>
  requests === 0 ? null : 1 - failed / requests;

const cell = <P extends object>(place: P, phase: Phase, trials: readonly RouteTally[]): P & CellNumbers => {
  const tallies = trials.map((trial) => trial.phases[phase]);
  const { share, interval } = availability(tallies.map(secondsOf));
  const buckets = tallies.map(bucketOf);
  const merged = merge(buckets);
  const recoveries = trials.map((trial) => recoverySeconds(trial.afterRemoval));
  return {
    ...place,
    phase,
    requests: merged.requests,
    failed: merged.failed,
    degraded: merged.degraded,
    late: tallies.reduce((sum, tally) => sum + tally.late, 0),
    statuses: Object.fromEntries([...merged.statuses].map(([status, n]) => [String(status), n])),
    availability: share,
    availabilityCi: interval,
    availabilityByTrial: buckets.map(shareOf),
    p50Ms: rounded(quantile(merged.latencies, 0.5)),
    p99Ms: rounded(quantile(merged.latencies, 0.99)),
    p50MsByTrial: buckets.map(({ latencies }) => rounded(quantile(latencies, 0.5))),
    recoverySeconds: medianRecovery(recoveries),
    recoverySecondsByTrial: recoveries,
  };
};

/** The three cells (baseline, fault, recovery) of a route, pooled over its trials. */
export const cellsOf = <P extends object>(place: P, trials: readonly RouteTally[]): (P & CellNumbers)[] =>
  phases.map((phase) => cell(place, phase, trials));

/** The route through the fault second by second, all trials laid over each other. */
export const timelineOf = <P extends object>(place: P, trials: readonly RouteTally[]) => {
  const seconds = [...new Set(trials.flatMap((trial) => [...trial.timeline.keys()]))].sort((a, b) => a - b);
  const buckets = seconds.map((second) => merge(trials.flatMap((trial) => trial.timeline.get(second) ?? [])));
  return {
    ...place,
    second: seconds,
    requests: buckets.map((bucket) => bucket.requests),
    failed: buckets.map((bucket) => bucket.failed),
    degraded: buckets.map((bucket) => bucket.degraded),
    p50Ms: buckets.map((bucket) => rounded(quantile(bucket.latencies, 0.5))),
    p99Ms: buckets.map((bucket) => rounded(quantile(bucket.latencies, 0.99))),
  };
};

/** How quickly the route answered before and during the fault. */
export const curvesOf = <P extends object>(place: P, trials: readonly RouteTally[]) =>
  (['baseline', 'fault'] as const).map((phase) => {
    const merged = merge(trials.map((trial) => bucketOf(trial.phases[phase])));
    return { ...place, phase, answered: answeredWithin(merged.latencies, merged.requests) };
  });
