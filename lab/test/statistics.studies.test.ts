import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shiftOf } from '../src/experiments/isolation/count.ts';
import type { Estimate } from '../src/statistics/estimate.ts';
import { quantileRatio } from '../src/statistics/quantile-ratio.ts';
import { medianOfRatios, ratioOfMedians } from '../src/statistics/ratio-of-medians.ts';
import { throughputOf } from '../src/statistics/scalability.ts';
import { estimateScalability } from '../src/statistics/scalability-interval.ts';
import { wilson } from '../src/statistics/wilson.ts';
import { type CellNumbers, cellsOf } from '../src/trial/cells.ts';
import { type RouteTally, tallyTrial } from '../src/trial/tally.ts';
import {
  availabilityOf,
  createLuck,
  type Luck,
  mark,
  samplesOf,
  seconds,
  type World,
} from './simulated-world.ts';

const studies = 200;
// A method that is right 95 % of the time is right in at least 182 of 200 studies with probability 0.994.
const fewestRight = 182;
const trials = 6;

/** Warm machines, trials apart by 8 % in speed and 40 % in failures, bursts of failures, heavy tails. */
const troubled: World = {
  rate: 60,
  latencyMs: 2,
  inflation: 1.5,
  failing: 0.1,
  burst: { chance: 0.1, failing: 0.8 },
  latencySpread: 0.08,
  failureSpread: 0.4,
  drift: 0.01,
};
const shift = 1.4;
const slower: World = { ...troubled, latencyMs: shift * troubled.latencyMs, failing: 0.02 };

const tallies = async (world: World, luck: Luck): Promise<RouteTally[]> => {
  const all: RouteTally[] = [];
  while (all.length < trials) {
    const samples = samplesOf(world, all.length, luck);
    const { byFault } = await tallyTrial(samples, [mark], seconds, () => []);
    all.push(...(byFault.get(mark.fault)?.values() ?? []));
  }
  return all;
};

type Ends = { low: number | null; high: number | null };
const holds = ({ low, high }: Ends, truth: number): boolean =>
  low !== null && high !== null && low <= truth && truth <= high;

const answered = ({ availabilityCi }: CellNumbers): Ends => ({
  low: availabilityCi?.[0] ?? null,
  high: availabilityCi?.[1] ?? null,
});
const independent = ({ requests, failed }: CellNumbers): Ends => {
  const [low, high] = wilson(requests - failed, requests);
  return { low, high };
};
const p50s = ({ p50MsByTrial }: CellNumbers): number[] => p50MsByTrial.filter((ms) => ms !== null);
const nothing: Ends = { low: null, high: null };

/** Which of its intervals hold the truth, in one study from samples to cells. */
const study = async (luck: Luck) => {
  const [one, other] = [await tallies(troubled, luck), await tallies(slower, luck)];
  const [before, broken] = cellsOf({}, one);
  const [beforeOther, brokenOther] = cellsOf({}, other);
  assert.ok(before && broken && beforeOther && brokenOther);
  const [usual, slow] = [p50s(before), p50s(beforeOther)];
  const p99: Estimate | null = quantileRatio(one.map(shiftOf), 0.99);
  return {
    availability: holds(answered(broken), availabilityOf(troubled)),
    'availability of the slower': holds(answered(brokenOther), availabilityOf(slower)),
    'availability if requests were independent': holds(independent(broken), availabilityOf(troubled)),
    'ratio of medians': holds(ratioOfMedians(slow, usual), shift),
    'median of paired ratios': holds(medianOfRatios(slow, usual), shift),
    'p99 inflation': holds(p99 ?? nothing, troubled.inflation),
  };
};

const countRight = async <K extends string>(one: (luck: Luck) => Promise<Record<K, boolean>>) => {
  const luck = createLuck(20_260_801);
  const right = new Map<string, number>();
  for (let i = 0; i < studies; i += 1) {
    for (const [name, held] of Object.entries(await one(luck)))
      right.set(name, (right.get(name) ?? 0) + Number(held));
  }
  return right;
};

test('a world with a known truth lies in the intervals of 182 or more of 200 studies, from samples to cells', async (t) => {
  const right = await countRight(study);
  t.diagnostic(JSON.stringify(Object.fromEntries(right)));
  // The world is hard enough to show who is wrong: an interval that takes requests for independent is, mostly.
  assert.ok((right.get('availability if requests were independent') ?? studies) < studies / 2);
  right.delete('availability if requests were independent');
  for (const [name, times] of right) assert.ok(times >= fewestRight, `${name}: ${times} of ${studies}`);
});

test('so does the law of scalability, with three sweeps of one, two, three and four', async (t) => {
  const truth = { lambda: 400, sigma: 0.05, kappa: 0.01 };
  const sweep = (luck: Luck) => {
    const day = luck.factor(0.03);
    return [1, 2, 3, 4].map((n) => ({ n, x: day * luck.factor(0.03) * throughputOf(truth, n) }));
  };
  const right = await countRight(async (luck) => {
    const { lambda, sigma, kappa, peak } = estimateScalability([sweep(luck), sweep(luck), sweep(luck)]);
    const high = peak.high ?? Number.POSITIVE_INFINITY; // null: no bound
    return {
      lambda: holds(lambda, truth.lambda),
      sigma: holds(sigma, truth.sigma),
      kappa: holds(kappa, truth.kappa),
      peak: holds({ low: peak.low, high }, Math.sqrt(0.95 / 0.01)),
    };
  });
  t.diagnostic(JSON.stringify(Object.fromEntries(right)));
  for (const [name, times] of right) assert.ok(times >= fewestRight, `${name}: ${times} of ${studies}`);
});
