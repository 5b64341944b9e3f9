import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDraw } from '../../lab/src/statistics/random.ts';
import { moments } from '../src/load/schedule.ts';

const fine = 2 ** 30;
const fractions = (seed: number): (() => number) => {
  const draw = createDraw(seed);
  return () => (draw(fine) + 1) / fine;
};

const steps = [
  { rate: 1_000, seconds: 20 },
  { rate: 3_000, seconds: 10 },
];

test('as many requests are due in each step as its rate says', () => {
  const due = [...moments(steps, fractions(1))];
  const first = due.filter((ms) => ms < 20_000).length;
  // five standard deviations of a Poisson count
  assert.ok(Math.abs(first - 20_000) < 5 * Math.sqrt(20_000), `${first}`);
  assert.ok(Math.abs(due.length - first - 30_000) < 5 * Math.sqrt(30_000), `${due.length - first}`);
  assert.ok(due.every((ms, index) => ms >= (due[index - 1] ?? 0) && ms < 30_000));
});

test('gaps are exponential: the share of those above their mean is 1/e', () => {
  const due = [...moments([{ rate: 1_000, seconds: 50 }], fractions(2))];
  const gaps = due.slice(1).map((ms, index) => ms - (due[index] ?? 0));
  const above = gaps.filter((gap) => gap > 1).length / gaps.length;
  assert.ok(Math.abs(above - 1 / Math.E) < 0.02, `${above}`);
});
