import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slopeOf } from '../src/parts/growth/slope.ts';
import type { Window } from '../src/result.ts';
import { bar, cpuMicros, measured, p50, p99, tableOf, throughput } from '../src/run/figures.ts';
import { inRounds } from '../src/run/rounds.ts';

/** Two seconds with 1,000 answers and 100 failures. */
const window: Window = {
  target: 'ours',
  measure: 'saturated',
  round: 1,
  requests: 1_100,
  failed: 100,
  seconds: 2,
  cpuSeconds: { service: 0.02, database: 0.01 },
  values: { p50Ms: null, p99Ms: 7 },
};

const silent = { begin: () => undefined, step: () => undefined, end: () => undefined, say: () => undefined };

test('CPU a request counts the answered ones, and the component that is named', () => {
  assert.equal(throughput(window), 500);
  assert.equal(cpuMicros('service')(window), 20);
  assert.ok(Math.abs((cpuMicros()(window) ?? 0) - 30) < 1e-9);
  assert.equal(cpuMicros('gateway')(window), null);
  assert.equal(cpuMicros()({ ...window, failed: 1_100 }), null);
  assert.deepEqual([p50(window), p99(window)], [null, 7]);
});

test('rounds go forwards and backwards in turn, after one that does not count', async () => {
  const order: string[] = [];
  const targets = ['a', 'b'].map((name) => ({ name }));
  const measure = async ({ name }: { name: string }, round: number) => {
    order.push(`${name}${round}`);
    return [{ ...window, target: name, round }];
  };
  const windows = await inRounds({ quick: false, progress: silent }, '', targets, measure, { rounds: 3 });
  assert.equal(order.join(' '), 'b0 a0 a1 b1 b2 a2 a3 b3');
  assert.equal(windows.length, 6);
});

test('a ratio is of pairs of one round, whatever the order in which they were measured', () => {
  const windows = [4, 2, 8].flatMap((requests, index) => [
    { ...window, round: 3 - index, requests: 2 * requests, failed: 0 },
    { ...window, target: 'theirs', round: index === 2 ? 1 : 3 - index, requests, failed: 0 },
    { ...window, target: 'theirs', measure: 'another', round: 1, requests: 1 },
  ]);
  const { targets, ratio, median } = measured(windows, 'saturated');
  assert.deepEqual(targets, ['ours', 'theirs']);
  assert.equal(ratio('ours', 'theirs', throughput)?.value, 2);
  assert.equal(ratio('ours', 'nobody', throughput), null);
  assert.equal(median('theirs', throughput)?.value, 2);
  assert.equal(median('nobody', throughput), null);
});

test('a table has a row for each name, with what its columns find', () => {
  const column = { title: 'a', unit: '', digits: 0 };
  const one = { value: 1, low: null, high: null, trials: 1 };
  const table = tableOf('t', ['x', 'y'], [{ ...column, of: (name) => (name === 'x' ? one : null) }]);
  assert.deepEqual(table, {
    title: 't',
    columns: [column],
    rows: [
      { name: 'x', cells: [one] },
      { name: 'y', cells: [null] },
    ],
  });
});

test('an aim is met on its side of the limit, and not where nothing was measured', () => {
  const value = { value: 0.4, low: 0.3, high: 0.5, trials: 10 };
  const bars = [
    bar('a', 'at most', 0.45, value),
    bar('a', 'at least', 0.45, value),
    bar('a', 'at most', 1, null),
  ];
  assert.deepEqual(
    bars.map(({ met }) => met),
    [true, false, false],
  );
});

test('the slope of a straight line is found, and that of noise has an interval around 0', () => {
  const x = Array.from({ length: 100 }, (_, index) => index / 10);
  const straight = slopeOf(
    x,
    x.map((at) => 3 * at + 1),
  );
  assert.ok(Math.abs(straight.value - 3) < 1e-9);
  const saw = slopeOf(
    x,
    x.map((_, index) => 50 + ((index * 7_919) % 13)),
  );
  assert.ok((saw.low ?? 1) < 0 && (saw.high ?? -1) > 0, JSON.stringify(saw));
});
