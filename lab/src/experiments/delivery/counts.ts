// Requests while a version rolled, counted from the samples.
import { join } from 'node:path';
import { readSamples, type Sample } from '../../generator/samples.ts';
import type { RollRecord } from './record.ts';
import { AFTER_MS } from './roll.ts';

export const groups = ['users', 'threads', 'posts'] as const;
export type Group = (typeof groups)[number];

export interface Counted {
  requests: number;
  failed: number;
  degraded: number;
}

/** A roll with its requests by the module that serves the route. */
export interface CountedRoll {
  roll: RollRecord;
  byGroup: Record<Group, Counted>;
  /** Failed before the order: what fails without a rollout. */
  failedBefore: number;
}

const empty = (): Counted => ({ requests: 0, failed: 0, degraded: 0 });

const groupOf = (route: string): Group | undefined =>
  groups.find((group) => new RegExp(`/api/${group}\\b`).test(route));

/** Under way at any time from the order until a little after the last old replica is gone. */
const isDuring = ({ timeMs, durationMs }: Sample, { orderedAtMs, rolledAtMs }: RollRecord): boolean =>
  timeMs + durationMs >= orderedAtMs && timeMs <= rolledAtMs + AFTER_MS;

export async function countSamples(
  roll: RollRecord,
  samples: AsyncIterable<Sample> | Iterable<Sample>,
): Promise<CountedRoll> {
  const byGroup = { users: empty(), threads: empty(), posts: empty() };
  let failedBefore = 0;
  for await (const sample of samples) {
    const group = groupOf(sample.route);
    if (group === undefined) continue;
    if (isDuring(sample, roll)) {
      byGroup[group].requests += 1;
      if (sample.failed) byGroup[group].failed += 1;
      else if (sample.degraded) byGroup[group].degraded += 1;
    } else if (sample.failed && sample.timeMs < roll.orderedAtMs) failedBefore += 1;
  }
  return { roll, byGroup, failedBefore };
}

/** `folder` is the experiment's own. */
export const countRoll = (roll: RollRecord, folder: string): Promise<CountedRoll> =>
  countSamples(roll, readSamples(join(folder, roll.samples)));

export const sumOf = (counted: readonly Counted[]): Counted =>
  counted.reduce(
    (sum, { requests, failed, degraded }) => ({
      requests: sum.requests + requests,
      failed: sum.failed + failed,
      degraded: sum.degraded + degraded,
    }),
    empty(),
  );
