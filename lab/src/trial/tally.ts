import type { Sample } from '../generator/samples.ts';
import type { Second } from '../statistics/bootstrap.ts';
import { type Bucket, count, emptyBucket } from './bucket.ts';
import type { Mark } from './mark.ts';
import { type Phase, type PhaseSeconds, phaseOf, phaseStart } from './phases.ts';

/** One phase: its requests by second since its start. `late`: answered, but only after the fault was removed. */
export type PhaseTally = { seconds: Map<number, Bucket>; late: number };

/** One route (or group) under one fault in one trial. `timeline` is keyed by second since the fault began. */
export type RouteTally = {
  phases: Record<Phase, PhaseTally>;
  timeline: Map<number, Bucket>;
  afterRemoval: Second[];
};

/** A trial's requests by fault and by route or group, and how many fell on an edge. */
export type TrialTally<F extends string = string> = {
  byFault: Map<F, Map<string, RouteTally>>;
  requests: number;
  edgeRequests: number;
};

const emptyPhase = (): PhaseTally => ({ seconds: new Map(), late: 0 });

const emptyRoute = (wholeSeconds: number): RouteTally => ({
  phases: { baseline: emptyPhase(), fault: emptyPhase(), recovery: emptyPhase() },
  timeline: new Map(),
  afterRemoval: Array.from({ length: wholeSeconds }, () => ({ requests: 0, failed: 0 })),
});

const countSecond = (second: Second, sample: Sample): void => {
  second.requests += 1;
  if (sample.failed) second.failed += 1;
};

const bucketAt = (buckets: Map<number, Bucket>, second: number): Bucket => {
  const found = buckets.get(second) ?? emptyBucket();
  buckets.set(second, found);
  return found;
};

/** A fault with what surrounds it: until when its recovery can be watched. */
type Watch<F extends string = string> = { mark: Mark<F>; watchedUntilMs: number; seconds: PhaseSeconds };

const countTimeline = (tally: RouteTally, sample: Sample, { mark, seconds }: Watch): void => {
  const second = Math.floor((sample.timeMs - mark.beganAtMs) / 1000);
  if (second < -seconds.baseline || second >= seconds.fault + seconds.recovery) return;
  count(bucketAt(tally.timeline, second), sample);
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
  count(bucketAt(tally.phases[phase].seconds, index), sample);
  const isLate =
    phase === 'fault' &&
    !sample.failed &&
    sample.timeMs + sample.durationMs > (watch.mark.endsAtMs ?? watch.mark.removedAtMs);
  if (isLate) tally.phases[phase].late += 1;
};

const watches = <F extends string>(marks: readonly Mark<F>[], seconds: PhaseSeconds): Watch<F>[] =>
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

/**
 * Counts every request of one trial under the faults that `marks` name, in the order of time, by its route and by the
 * groups that `groupsOf` puts that route in.
 */
export const tallyTrial = async <F extends string>(
  samples: AsyncIterable<Sample> | Iterable<Sample>,
  marks: readonly Mark<F>[],
  seconds: PhaseSeconds,
  groupsOf: (route: string) => readonly string[],
): Promise<TrialTally<F>> => {
  const watched = watches(marks, seconds);
  const tally: TrialTally<F> = {
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
