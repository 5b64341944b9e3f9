import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jackknifeError } from '../src/statistics/jackknife.ts';
import { pooledQuantile, poolOf } from '../src/statistics/pooled-quantile.ts';
import { quantile } from '../src/statistics/quantile.ts';
import { quantileRatio } from '../src/statistics/quantile-ratio.ts';
import { createDraw } from '../src/statistics/random.ts';
import { clusterError } from '../src/statistics/resample.ts';
import { close } from './support/close.ts';

const times = (value: number, n: number): number[] => Array.from({ length: n }, () => value);
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

test('a pooled quantile is that of the drawn values written out', () => {
  const draw = createDraw(4);
  for (let round = 0; round < 50; round += 1) {
    const trials = [5, 1, 30].map((size) => Array.from({ length: size }, () => draw(40)));
    const drawn = trials.map(() => draw(3));
    const all = trials.flatMap((values, i) => times(0, drawn[i] ?? 0).flatMap(() => values));
    all.sort((a, b) => a - b);
    for (const p of [0, 0.3, 0.5, 0.99, 1]) {
      const expected = quantile(all, p);
      const found = pooledQuantile(poolOf(trials), drawn, p);
      if (expected === null) assert.equal(found, null);
      else close(found, expected, 1e-9);
    }
  }
});

test('leaving out one at a time gives the mean the standard error that every textbook gives it: s / √n', () => {
  close(jackknifeError([2, 4, 4, 4, 5, 5, 7, 9], mean), Math.sqrt(32 / 7 / 8), 1e-12);
});

test('so does the bootstrap over clusters, but for luck', () => {
  close(clusterError([2, 4, 4, 4, 5, 5, 7, 9], mean), Math.sqrt(32 / 7 / 8), 0.05);
});

test('a p99 ratio has the interval that can be worked out by hand', () => {
  // Drawn: the first trial twice (ratio 2) with 1/4, else one with the second in it (ratio 4). The deviation of the
  // logarithm is ln 2 × √(1/4 × 3/4); × √2 for two clusters, × 12.706 for 1 degree of freedom.
  const ratio = quantileRatio(
    [
      { fault: times(2, 300), baseline: times(1, 100) },
      { fault: times(4, 300), baseline: times(1, 100) },
    ],
    0.99,
  );
  close(ratio?.value, 4, 1e-9);
  const reach = 12.706 * Math.SQRT2 * Math.LN2 * Math.sqrt(3 / 16);
  close(Math.log(ratio?.high ?? 0), Math.log(4) + reach, 0.05 * reach);
  close(Math.log(ratio?.low ?? 0), Math.log(4) - reach, 0.05 * reach);
});

test('a trial that is slow before and during the fault hides nothing', () => {
  const shifts = [1, 3, 0.5].map((slow) => ({ fault: times(1.2 * slow, 50), baseline: times(slow, 50) }));
  const ratio = quantileRatio(shifts, 0.99);
  close(ratio?.low, 1.2, 1e-9);
  close(ratio?.high, 1.2, 1e-9);
});

test('trials without an answer on one side are left out, and one trial has no interval', () => {
  const answered = { fault: [3], baseline: [2] };
  const silent = { fault: [], baseline: [2] };
  assert.deepEqual(quantileRatio([answered, silent], 0.99), { value: 1.5, low: null, high: null, trials: 1 });
  assert.equal(quantileRatio([silent], 0.99), null);
});
