import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrivalsOf, plannedBetween } from '../src/generator/arrivals.ts';
import type { RunOptions } from '../src/generator/generator.ts';
import { paceKeeper } from '../src/generator/pace.ts';
import { isStarved } from '../src/generator/starved.ts';

const route = 'GET /api/posts/in-thread/:threadId'; // 12 of 100
const options = (more: Partial<RunOptions>): RunOptions => ({
  baseUrl: 'http://nowhere',
  samplesFile: '/nowhere',
  rate: 100,
  seconds: 20,
  ...more,
});
const surge = { route, factor: 10, fromSeconds: 5, seconds: 4 };

test('a surge sends on top what its factor says of the usual rate of its route', () => {
  assert.equal(arrivalsOf(options({ surge })).surge?.rate, 108);
  assert.equal(arrivalsOf(options({ surge, only: [route] })).surge?.rate, 900);
  // /api/users with 10 of 100 is two lines of the mix, one with pages and one with ids
  const users = { ...surge, route: 'GET /api/users', factor: 2 };
  assert.equal(arrivalsOf(options({ surge: users })).surge?.rate, 10);
});

test('more requests are planned while the surge lasts, also for a part of a second', () => {
  const arrivals = arrivalsOf(options({ surge: { ...surge, fromSeconds: 4.5 } }));
  const planned = [3, 4, 5, 8, 9].map((second) => plannedBetween(arrivals, second, second + 1));
  assert.deepEqual(planned, [100, 154, 208, 154, 100]);
  assert.equal(plannedBetween(arrivals, 0, 20), 2000 + 4 * 108);
});

test('a surge that cannot be sent is refused', () => {
  const bad: [Partial<RunOptions>, RegExp][] = [
    [{ only: ['GET /api/nothing'] }, /no route of the mix/],
    [{ surge: { ...surge, route: 'GET /api/nothing' } }, /no route of the mix/],
    [{ surge, only: ['GET /api/users'] }, /needs it in the load/],
    [{ surge: { ...surge, factor: 1 } }, /more than the usual rate/],
    [{ surge: { ...surge, fromSeconds: 17 } }, /while the load lasts/],
  ];
  for (const [more, reason] of bad) assert.throws(() => arrivalsOf(options(more)), reason);
});

/** What is said of a run with a surge in which so many requests started in each second. */
const paceOf = async (perSecond: number[]) => {
  const pace = paceKeeper({ rate: 100, seconds: 6, surge: { route, rate: 300, fromSeconds: 2, seconds: 2 } });
  const starts = perSecond.flatMap((count, second) =>
    Array.from({ length: count }, (_, n) => 5000 + 1000 * (second + n / count)),
  );
  const samples = starts.map((timeMs) => ({
    timeMs,
    route,
    status: 200,
    durationMs: 1,
    failed: false,
    degraded: false,
  }));
  await Array.fromAsync(pace.watch(ReadableStream.from(samples)));
  return pace.result();
};

test('a generator that sends the surge keeps its pace', async () => {
  const kept = await paceOf([100, 100, 400, 400, 100, 100]);
  assert.deepEqual(kept, { requests: 1200, lowestSecond: 1, fellBehind: false });
});

test('a generator that sends less than the surge has fallen behind', async () => {
  const { lowestSecond, fellBehind } = await paceOf([100, 100, 300, 300, 300, 100]);
  assert.deepEqual([lowestSecond, fellBehind], [0.75, true]);
});

test('a generator is starved by the cores that it uses or the time that it waits for one', () => {
  assert.equal(isStarved(0.4, 0.25, 2), false);
  assert.equal(isStarved(1.7, 0.25, 2), true);
  assert.equal(isStarved(0.4, 0.6, 2), true);
  assert.equal(isStarved(null, null, 2), false);
});
