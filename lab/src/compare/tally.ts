import type { Sample } from '../generator/samples.ts';
import type { Fault, FaultMark, Phase } from '../report/schema.ts';
import type { Second } from '../statistics/bootstrap.ts';
import { type Bucket, count, emptyBucket } from './bucket.ts';
import { groupsOf } from './groups.ts';
import { type PhaseSeconds, phaseOf, phaseStart } from './phases.ts';

/** One phase: its requests, and their outcome by second since its start. `late` as in the report's cells. */
export type PhaseTally = { bucket: Bucket; seconds: Map<number, Second>; late: number };

/** One route (or group) under one fault in one trial. `timeline` is keyed by second since the fault began. */
export type RouteTally = {
  phases: Record<Phase, PhaseTally>;
  timeline: Map<number, Bucket>;
  afterRemoval: Second[];
};

/** A trial's requests by fault and by route or group, and how many fell on an edge. */
export type TrialTally = {
  byFault: Map<Fault, Map<string, RouteTally>>;
  requests: number;
  edgeRequests: number;
};

const emptyPhase = (): PhaseTally => ({ bucket: emptyBucket(), seconds: new Map(), late: 0 });

const emptyRoute = (wholeSeconds: number): RouteTally => ({
  phases: { baseline: emptyPhase(), fault: emptyPhase(), recovery: emptyPhase() },
  timeline: new Map(),
  afterRemoval: Array.from({ length: wholeSeconds }, () => ({ requests: 0, failed: 0 })),
});

const countSecond = (second: Second, sample: Sample): void => {
  second.requests += 1;
  if (sample.failed) second.failed += 1;
};

const secondAt = (seconds: Map<number, Second>, index: number): Second => {
  const found = seconds.get(index) ?? { requests: 0, failed: 0 };
  seconds.set(index, found);
  return found;
};

/** A fault with what surrounds it: until when its recovery can be watched. */
type Watch = { mark: FaultMark; watchedUntilMs: number; seconds: PhaseSeconds };

const countTimeline = (tally: RouteTally, sample: Sample, { mark, seconds }: Watch): void => {
  const second = Math.floor((sample.timeMs - mark.beganAtMs) / 1000);
  if (second < -seconds.baseline || second >= seconds.fault + seconds.recovery) return;
  const bucket = tally.timeline.get(second) ?? emptyBucket();
  tally.timeline.set(second, bucket);
  count(bucket, sample);
};

const countRoute = (tally: RouteTally, sample: Sample, phase: Phase | 'edge' | null, watch: Watch): void => {
  countTimeline(tally, sample, watch);
  const after = tally.afterRemoval[Math.floor((sample.timeMs - watch.mark.removedAtMs) / 1000)];
  if (after !== undefined) countSecond(after, sample);
  if (phase === null || phase === 'edge') return;
  const start = phaseStart(phase, watch.mark, watch.seconds);
  // What is left over after the last whole second counts with it: a sliver of a second is no second.
  const last = Math.max(1, Math.round(watch.seconds[phase])) - 1;
  const index = Math.min(last, Math.floor((sample.timeMs - start) / 1000));
  countSecond(secondAt(tally.phases[phase].seconds, index), sample);
  count(tally.phases[phase].bucket, sample);
  const isLate =
    phase === 'fault' && !sample.failed && sample.timeMs + sample.durationMs > watch.mark.removedAtMs;
  if (isLate) tally.phases[phase].late += 1;
};

const watches = (marks: readonly FaultMark[], seconds: PhaseSeconds): Watch[] =>
  marks.map((mark, index) => {
    const next = marks[index + 1]?.beganAtMs;
    return { mark, seconds, watchedUntilMs: next ?? mark.removedAtMs + seconds.recovery * 1000 };
  });

const routeTally = (routes: Map<string, RouteTally>, name: string, watch: Watch): RouteTally => {
  const wholeSeconds = Math.floor((watch.watchedUntilMs - watch.mark.removedAtMs) / 1000);
  const found = routes.get(name) ?? emptyRoute(wholeSeconds);
  routes.set(name, found);
  return found;
};

/** Counts every request of one trial under the faults that `marks` name, in the order of time. */
export const tallyTrial = async (
  samples: AsyncIterable<Sample> | Iterable<Sample>,
  marks: readonly FaultMark[],
  seconds: PhaseSeconds,
): Promise<TrialTally> => {
  const watched = watches(marks, seconds);
  const tally: TrialTally = {
    byFault: new Map(marks.map((mark) => [mark.fault, new Map()])),
    requests: 0,
    edgeRequests: 0,
  };
  for await (const sample of samples) {
    tally.requests += 1;
    const names = [sample.route, ...groupsOf(sample.route)];
    for (const watch of watched) {
      const phase = phaseOf(sample.timeMs, watch.mark, seconds);
      if (phase === 'edge') tally.edgeRequests += 1;
      const routes = tally.byFault.get(watch.mark.fault) ?? new Map<string, RouteTally>();
      for (const name of names) countRoute(routeTally(routes, name, watch), sample, phase, watch);
    }
  }
  return tally;
};
