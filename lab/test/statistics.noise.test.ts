import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomialTail } from '../src/statistics/binomial.ts';
import { describeDifference } from '../src/statistics/difference.ts';
import type { Estimate } from '../src/statistics/estimate.ts';
import { noiseFloor, resolvable } from '../src/statistics/noise-floor.ts';
import { sameAgainstSame } from '../src/statistics/same-against-same.ts';
import { close } from './support/close.ts';

const ratio = (value: number, low: number | null, high: number | null): Estimate => ({
  value,
  low,
  high,
  trials: 6,
});

test('a binomial tail has the values of the published tables', () => {
  close(binomialTail(2, 3, 0.5), 0.5, 1e-12); // 4 of 8 outcomes
  close(binomialTail(3, 20, 0.05), 1 - 0.9245, 5e-5);
  close(binomialTail(10, 20, 0.5), 1 - 0.4119, 5e-5);
  close(binomialTail(10, 10, 0.1), 1e-10, 1e-20);
  assert.deepEqual([binomialTail(0, 5, 0.3), binomialTail(6, 5, 0.3)], [1, 0]);
});

test('a true 95 % method is right in at least 182 of 200 studies with probability 0.994', () =>
  close(binomialTail(182, 200, 0.95), 0.994, 5e-4));

test("the noise floor reaches as far as Student's t says", () => {
  // Six logarithms of ±0.01: t of 6 degrees of freedom is 2.447, since the mean is known to be 0.
  const ratios = [1, -1, 1, -1, 1, -1].map((sign) => Math.exp(0.01 * sign));
  close(noiseFloor(ratios), Math.exp(0.02447) - 1, 1e-9);
});

test('what can be resolved lies above the floor by the published 80 % quantiles of t', () => {
  for (const [n, quantile] of [
    [2, 1.061],
    [5, 0.92],
    [10, 0.879],
    [30, 0.854],
  ] as const) {
    const ratios = Array.from({ length: n }, () => Math.E);
    close(Math.log1p(resolvable(ratios)) - Math.log1p(noiseFloor(ratios)), quantile, 0.004);
  }
});

test('a machine without noise has a floor of 0, and without A/A ratios there is none', () => {
  assert.equal(noiseFloor([1, 1, 1]), 0);
  assert.throws(() => noiseFloor([]), RangeError);
});

test('a difference is found only beyond the noise and with an interval that leaves out 1', () => {
  assert.deepEqual(describeDifference(ratio(1.5, 1.3, 1.7), 0.03), {
    found: 'slower',
    times: 1.5,
    low: 1.3,
    high: 1.7,
  });
  assert.equal(describeDifference(ratio(0.8, 0.7, 0.9), 0.03).found, 'faster');
  assert.deepEqual(describeDifference(ratio(1.5, 0.99, 2.2), 0.03), {
    found: 'none',
    why: 'interval',
    times: 1.5,
  });
  assert.deepEqual(describeDifference(ratio(1.02, 1.01, 1.03), 0.03), {
    found: 'none',
    why: 'noise',
    times: 1.02,
  });
  assert.deepEqual(describeDifference(ratio(2, null, null), 0.03), {
    found: 'none',
    why: 'few trials',
    times: 2,
  });
});

test('the noise floor is as wide below 1 as above it, as ratios are', () => {
  assert.equal(describeDifference(ratio(1 / 1.1, 0.9, 0.95), 0.1001).found, 'none');
  assert.equal(describeDifference(ratio(1 / 1.1, 0.9, 0.95), 0.0999).found, 'faster');
});

test('as many A/A intervals may leave out 1 as chance allows, and no more', () => {
  // Of 20, P(X ≥ 4) = 0.0159 and P(X ≥ 5) = 0.0026: 4 may, 5 may not.
  const judge = (outside: number) =>
    sameAgainstSame([
      ...Array.from({ length: outside }, () => ratio(1.2, 1.1, 1.3)),
      ...Array.from({ length: 20 - outside }, () => ratio(1, 0.9, 1.1)),
    ]);
  assert.deepEqual([judge(4).allowed, judge(4).sound, judge(5).sound], [4, true, false]);
  close(judge(4).probability, 0.0159, 5e-5);
});

test('A/A ratios that are all within 3 % are sound whatever their intervals say', () => {
  const judged = sameAgainstSame(Array.from({ length: 6 }, () => ratio(1.02, 1.01, 1.03)));
  assert.deepEqual([judged.near, judged.outside, judged.sound], [true, 6, true]);
});

test('without A/A ratios nothing is sound', () => assert.equal(sameAgainstSame([]).sound, false));
