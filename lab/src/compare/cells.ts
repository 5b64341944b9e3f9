import {
  type Cell,
  type Curve,
  type Fault,
  type Phase,
  phases,
  type Timeline,
  type Topology,
} from '../report/schema.ts';
import { availability } from '../statistics/availability.ts';
import type { Second } from '../statistics/bootstrap.ts';
import { quantile } from '../statistics/quantile.ts';
import { medianRecovery, recoverySeconds } from '../statistics/recovery.ts';
import { merge } from './bucket.ts';
import { answeredWithin } from './distribution.ts';
import type { PhaseTally, RouteTally } from './tally.ts';

/** Which cell: a route or group of routes of one topology under one fault. */
export type Place = { topology: Topology; fault: Fault; route: string };

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(3)));

/** A phase's seconds in order; one without requests of this route has zeros. */
const secondsOf = ({ seconds }: PhaseTally): Second[] =>
  Array.from(
    { length: Math.max(...seconds.keys(), -1) + 1 },
    (_, i) => seconds.get(i) ?? { requests: 0, failed: 0 },
  );

const shareOf = ({ bucket }: PhaseTally): number | null =>
  bucket.requests === 0 ? null : 1 - bucket.failed / bucket.requests;

const cell = (place: Place, phase: Phase, trials: readonly RouteTally[]): Cell => {
  const tallies = trials.map((trial) => trial.phases[phase]);
  const { share, interval } = availability(tallies.map(secondsOf));
  const merged = merge(tallies.map((tally) => tally.bucket));
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
    availabilityByTrial: tallies.map(shareOf),
    p50Ms: rounded(quantile(merged.latencies, 0.5)),
    p99Ms: rounded(quantile(merged.latencies, 0.99)),
    p50MsByTrial: tallies.map(({ bucket }) => rounded(quantile(merge([bucket]).latencies, 0.5))),
    recoverySeconds: medianRecovery(recoveries),
    recoverySecondsByTrial: recoveries,
  };
};

/** The three cells (baseline, fault, recovery) of a route, pooled over its trials. */
export const cellsOf = (place: Place, trials: readonly RouteTally[]): Cell[] =>
  phases.map((phase) => cell(place, phase, trials));

/** The route through the fault second by second, all trials laid over each other. */
export const timelineOf = (place: Place, trials: readonly RouteTally[]): Timeline => {
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
export const curvesOf = (place: Place, trials: readonly RouteTally[]): Curve[] =>
  (['baseline', 'fault'] as const).map((phase) => {
    const merged = merge(trials.map((trial) => trial.phases[phase].bucket));
    return { ...place, phase, answered: answeredWithin(merged.latencies, merged.requests) };
  });
