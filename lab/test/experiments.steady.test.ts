import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { allTopologies } from '../src/environments/environment.ts';
import { compareValues } from '../src/experiments/steady/difference.ts';
import { countWindow, everything } from '../src/experiments/steady/figures.ts';
import { meets } from '../src/experiments/steady/objective.ts';
import { allParts, databases, ourCode, readingsOf } from '../src/experiments/steady/readings.ts';
import { blocksOf, interleaved } from '../src/experiments/steady/trials.ts';
import { type Sample, writeSamples } from '../src/generator/samples.ts';
import { figures, optionsOf, windowAt } from './windows.ts';

describe('the order of trials', () => {
  const options = optionsOf(allTopologies);

  it('is a random order and then its reverse, the same for the same seed', () => {
    const [first, second, third] = blocksOf(options).map(({ order }) => order);
    assert.deepEqual(second, first?.toReversed());
    assert.deepEqual(third?.toSorted(), [...allTopologies].toSorted());
    assert.deepEqual(blocksOf(options)[2]?.order, third);
    const orders = Array.from({ length: 20 }, (_, seed) => blocksOf({ ...options, seed })[0]?.order.join());
    assert.ok(new Set(orders).size > 5, 'other seeds give other orders');
  });

  it('gives controls half as many trials, at least three', () => {
    const trials = interleaved(options, 10).flatMap(({ order }) => order);
    const count = (name: string): number => trials.filter((topology) => topology === name).length;
    assert.deepEqual(allTopologies.map(count), [10, 10, 5, 5]);
    assert.equal(interleaved({ ...options, quick: true }, 10).flatMap(({ order }) => order).length, 4);
  });
});

describe('a window in single numbers', () => {
  const routes = new Map([[everything, figures(1_000, 3)]]);

  it('has CPU per request by component, our code apart from the databases', () => {
    const window = windowAt(
      100,
      { gateway: 0.1, posts: 0.2, 'posts-db': 0.05 },
      { connections: { 'posts-db': 4 } },
    );
    const found = readingsOf(window, routes);
    const worth = (kind: string, of: string): number | undefined =>
      found.find((one) => one.kind === kind && one.of === of)?.value;
    assert.equal(Math.round(worth('cpu', 'posts') ?? 0), 2_000); // 2 s for 1,000 requests
    assert.equal(Math.round(worth('cpu', ourCode) ?? 0), 3_000);
    assert.equal(Math.round(worth('cpu', databases) ?? 0), 500);
    assert.equal(Math.round(worth('cpu', allParts) ?? 0), 3_500);
    assert.equal(worth('connections', databases), 4);
    assert.equal(worth('p50', everything), 3);
  });

  it('has no bytes where one component has none, rather than too few', () => {
    const window = windowAt(100, { gateway: 0.1, posts: 0.2 });
    const [gateway] = window.use.parts;
    assert.ok(gateway);
    gateway.receivedBytes = 5_000;
    const received = readingsOf(window, routes).filter(({ kind }) => kind === 'received');
    assert.deepEqual(received, [{ kind: 'received', of: 'gateway', value: 5 }]);
  });
});

describe('samples of a window', () => {
  it('are those that were sent in it, by route and all together', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'cleave-window-'));
    t.after(() => rm(folder, { recursive: true }));
    const sample = (timeMs: number, route: string, durationMs: number): Sample => ({
      ...{ timeMs, route, durationMs, status: 200, failed: false, degraded: false },
    });
    async function* samples() {
      yield sample(999, 'a', 500);
      for (let i = 0; i < 100; i += 1) yield sample(1_000 + i, i % 2 === 0 ? 'a' : 'b', i + 1);
      yield { ...sample(1_100, 'a', 1), failed: true };
      yield sample(2_000, 'a', 500);
    }
    await writeSamples(join(folder, 's.csv.gz'), samples());
    const counted = await countWindow(folder, { samples: 's.csv.gz', fromMs: 1_000, toMs: 2_000 });
    const all = counted.get(everything);
    assert.deepEqual([all?.requests, all?.failed, all?.p50Ms], [101, 1, 50.5]);
    assert.equal(counted.get('b')?.requests, 50);
    assert.equal(all && meets(all), false, 'one of 101 failed');
  });
});

describe('a difference', () => {
  const slow = [20, 20.2, 19.8, 20.1, 20, 19.9];
  const quick = [10, 10.1, 9.9, 10, 10.05, 9.95];

  it('is found beyond the noise, in either direction', () => {
    assert.equal(compareValues(slow, quick, 0.03)?.difference.found, 'slower');
    assert.equal(compareValues(quick, slow, 0.03)?.difference.found, 'faster');
  });

  it('is not found within the noise floor, by one trial, or of nothing', () => {
    const slightly = slow.map((value) => value * 1.02);
    assert.deepEqual(compareValues(slightly, slow, 0.05)?.difference.found, 'none');
    assert.equal(compareValues([20], [10], 0.03)?.difference.found, 'none');
    assert.equal(compareValues([0, 0], [10, 10], 0.03), undefined);
  });
});
