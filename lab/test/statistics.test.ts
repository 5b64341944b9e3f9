import assert from 'node:assert/strict';
import { test } from 'node:test';
import { availability } from '../src/statistics/availability.ts';
import { type Second, standardError } from '../src/statistics/bootstrap.ts';
import { quantile } from '../src/statistics/quantile.ts';
import { createDraw } from '../src/statistics/random.ts';
import { medianRecovery, recoverySeconds } from '../src/statistics/recovery.ts';
import { reachOf } from '../src/statistics/student.ts';
import { wilson } from '../src/statistics/wilson.ts';

const close = (actual: number | undefined, expected: number, tolerance: number): void => {
  assert.ok(actual !== undefined && Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
};
const seconds = (...pairs: [number, number][]): Second[] =>
  pairs.map(([requests, failed]) => ({ requests, failed }));

test('a quantile is the one that R (type 7) and numpy give', () => {
  // numpy.percentile([15, 20, 35, 40, 50], 40) = 29
  close(quantile([15, 20, 35, 40, 50], 0.4) ?? undefined, 29, 1e-9);
  assert.equal(quantile([3], 0.99), 3);
});

test('no values have no quantile', () => assert.equal(quantile([], 0.5), null));

test("Wilson's interval has the values that Newcombe (1998, table I, method 3) published", () => {
  const published: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [successes, total, low, high] of published) {
    const interval = wilson(successes, total);
    close(interval[0], low, 5e-5);
    close(interval[1], high, 5e-5);
  }
});

test("an interval from few trials reaches as far as Student's t says", () => {
  // t(0.975) of 2, 5 and 30 degrees of freedom, and of the normal distribution
  assert.deepEqual([3, 6, 31, 1_000].map(reachOf), [4.303, 2.571, 2.042, 1.96]);
});

test('the bootstrap has the standard error that can be worked out by hand', () => {
  // Two trials of one second, of which 40 and 60 of 100 were answered. Trials are drawn first, then seconds among
  // them: both from A with 1/4 + 1/8, both from B likewise, one of each with 1/4. The variance is that of
  // {asin √0.4, asin √0.5, asin √0.6} with weights 3/8, 1/4, 3/8.
  const angles = [0.4, 0.5, 0.6].map((share) => Math.asin(Math.sqrt(share)));
  const expected = Math.sqrt(0.75) * ((angles[2] ?? 0) - (angles[1] ?? 0));
  close(standardError([seconds([100, 60]), seconds([100, 40])], createDraw(1)), expected, 0.003);
});

test('seconds of a phase are not taken for one another: what always fails first and answers then is certain', () => {
  const hang = seconds([100, 100], [100, 100], [100, 0], [100, 0]);
  const [low, high] = availability([hang, hang, hang]).interval ?? [0, 1];
  close(low, wilson(600, 1200)[0], 1e-9);
  close(high, wilson(600, 1200)[1], 1e-9);
});

test('of a single trial the seconds that differ widen the interval', () => {
  const width = (trial: Second[]): number => {
    const [low, high] = availability([trial]).interval ?? [0, 0];
    return high - low;
  };
  assert.ok(
    width(seconds([100, 0], [100, 40], [100, 20])) > 2 * width(seconds([100, 20], [100, 20], [100, 20])),
  );
});

test('availability pools requests, not trials', () => {
  const result = availability([seconds([10, 5]), seconds([30, 0])]);
  assert.deepEqual([result.requests, result.failed, result.share], [40, 5, 0.875]);
});

test('no failure seen still leaves room for failures that were not seen', () => {
  const result = availability([seconds([500, 0], [500, 0]), seconds([500, 0])]);
  assert.equal(result.interval?.[1], 1);
  close(result.interval?.[0], 1500 / (1500 + 3.8415), 1e-4); // Wilson's lower end: n / (n + z²)
});

test('nothing answered still leaves room for answers', () => {
  const result = availability([seconds([500, 500])]);
  assert.equal(result.interval?.[0], 0);
  assert.ok((result.interval?.[1] ?? 0) > 0);
});

test('trials that differ give a wider interval than the same requests in trials that agree', () => {
  const width = (trials: Second[][]): number => {
    const [low, high] = availability(trials).interval ?? [0, 0];
    return high - low;
  };
  const apart = width([seconds([100, 0]), seconds([100, 20]), seconds([100, 40])]);
  const alike = width([seconds([100, 20]), seconds([100, 20]), seconds([100, 20])]);
  assert.ok(apart > 2 * alike, `${apart} against ${alike}`);
});

test('the same samples give the same interval to the digit', () => {
  const trials = [seconds([70, 3], [60, 1]), seconds([80, 9]), seconds([75, 2])];
  assert.deepEqual(availability(trials), availability(trials));
});

test('without traffic there is no availability and no interval', () => {
  const { share, interval } = availability([seconds([0, 0]), []]);
  assert.deepEqual([share, interval], [null, null]);
});

test('recovery is the first of three healthy seconds in a row', () => {
  const bad: [number, number] = [100, 50];
  const good: [number, number] = [100, 1]; // 99 % is enough
  assert.equal(recoverySeconds(seconds(good, good, good)), 0);
  assert.equal(recoverySeconds(seconds(bad, good, good, bad, good, good, good)), 4);
  assert.equal(recoverySeconds(seconds(bad, good, good)), null);
  assert.equal(recoverySeconds(seconds(bad, bad, bad, [1000, 11], good, good, good)), 4);
});

test('a second without traffic neither breaks nor makes a recovery', () => {
  assert.equal(recoverySeconds(seconds([10, 10], [5, 0], [0, 0], [5, 0], [5, 0])), 1);
  assert.equal(recoverySeconds(seconds([0, 0], [0, 0], [0, 0])), null);
});

test('a trial that never recovered counts as the longest', () => {
  assert.equal(medianRecovery([2, null, 1]), 2);
  assert.equal(medianRecovery([2, null, null]), null);
  assert.equal(medianRecovery([1, 2]), 1.5);
  assert.equal(medianRecovery([]), null);
});
