import assert from 'node:assert/strict';
import { test } from 'node:test';
import { medianInterval } from '../src/statistics/median-interval.ts';
import { medianOfRatios, ratioOfMedians } from '../src/statistics/ratio-of-medians.ts';
import { close } from './support/close.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

test('the median lies between the ranks that printed tables of the sign test give', () => {
  const ranks: [n: number, low: number, high: number][] = [
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [10, 2, 9],
    [15, 4, 12],
    [20, 6, 15],
    [30, 10, 21],
  ];
  for (const [n, low, high] of ranks) {
    const found = medianInterval(upTo(n).reverse());
    assert.deepEqual([found.low, found.high, found.trials], [low, high, n]);
    assert.equal(found.value, (n + 1) / 2);
  }
});

test('six are the fewest values whose median has a 95 % interval: 1 - 2 × (1/2)^5 is less', () => {
  const { value, low, high } = medianInterval([5, 1, 4, 2, 3]);
  assert.deepEqual([value, low, high], [3, null, null]);
});

test('a ratio of medians has the interval that can be worked out by hand', () => {
  // b is drawn as (1, 1), (1, 1.1) twice, (1.1, 1.1): medians 1, 1.05 and 1.1 with weights 1/4, 1/2, 1/4. a is certain.
  const logs = [0, Math.log(1.05), Math.log(1.05), Math.log(1.1)];
  const mean = logs.reduce((sum, log) => sum + log, 0) / 4;
  const error = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 4);
  const ratio = ratioOfMedians([2, 2], [1, 1.1]);
  close(ratio.value, 2 / 1.05, 1e-12);
  close(Math.log(ratio.high ?? 0), Math.log(2 / 1.05) + 4.303 * error, 0.005); // t of 2 degrees of freedom
  close(Math.log(ratio.low ?? 0), Math.log(2 / 1.05) - 4.303 * error, 0.005);
});

test('a median of paired ratios has the interval that can be worked out by hand', () => {
  // Logarithms 0 and d, drawn in pairs: 0, d/2, d/2, d; their deviation is d/√8, and t of 1 degree of freedom 12.706.
  const d = Math.log(1.2);
  const ratio = medianOfRatios([10, 36], [10, 30]);
  close(ratio.value, Math.sqrt(1.2), 1e-12);
  close(Math.log(ratio.high ?? 0), d / 2 + (12.706 * d) / Math.sqrt(8), 0.05);
});

test('what slows both halves of a pair hides nothing from the paired ratios, and much from the others', () => {
  const slowed = [1, 1.4, 0.7, 1.1, 2, 0.9];
  const a = slowed.map((factor, i) => factor * (1.3 + 0.001 * i));
  assert.ok((medianOfRatios(a, slowed).low ?? 0) > 1.29);
  assert.ok((ratioOfMedians(a, slowed, { paired: true }).low ?? 0) > 1.29);
  assert.ok((ratioOfMedians(a, slowed).low ?? 0) < 1);
});

test('one trial has a ratio and no interval', () => {
  assert.deepEqual(ratioOfMedians([3], [2]), { value: 1.5, low: null, high: null, trials: 1 });
  assert.deepEqual(medianOfRatios([3], [2]), { value: 1.5, low: null, high: null, trials: 1 });
});

test('no ratio is made of nothing, of a zero, or of pairs that lack a partner', () => {
  assert.throws(() => ratioOfMedians([], [1]), RangeError);
  assert.throws(() => ratioOfMedians([1, 0], [1, 2]), RangeError);
  assert.throws(() => medianOfRatios([1, 2], [1]), RangeError);
});
