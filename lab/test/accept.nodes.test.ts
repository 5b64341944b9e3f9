import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CheckContext } from '../src/accept/check.ts';
import { countSamples, type LoadOrder } from '../src/accept/load.ts';
import { loadEach } from '../src/accept/nodes/load-each.ts';
import { skewOf } from '../src/accept/nodes/spread.ts';
import { countWindow, readWindow } from '../src/accept/nodes/window.ts';
import { type Sample, writeSamples } from '../src/generator/samples.ts';
import { sample } from './support/sample.ts';

test('a loss is described by what failed, how long, and whether it was still failing at the end', () => {
  const lost = { failed: true, status: 503 };
  const seen = countWindow([
    sample(1_000),
    sample(10_000, { ...lost, route: 'POST /api/posts' }),
    sample(10_400, lost),
    sample(11_000, { degraded: true, durationMs: 310 }),
    sample(30_000),
  ]);
  assert.deepEqual(seen, {
    requests: 5,
    failed: 2,
    safeFailed: 1,
    degraded: 1,
    failingMs: 400,
    failedAtEnd: 0,
    slowestMs: 310,
  });
  assert.equal(countWindow([sample(1_000), sample(9_000, lost)]).failedAtEnd, 1);
});

test('replicas are spread when no node has two more than another', () => {
  const on = (...nodes: string[]) => nodes.map((node, index) => ({ instance: `posts-${index}`, node }));
  const nodes = ['one', 'two', 'three'];
  assert.equal(skewOf(on('one', 'two', 'three'), nodes), 0);
  assert.equal(skewOf(on('one', 'two', 'two', 'three'), nodes), 1);
  assert.equal(skewOf(on('one', 'two', 'two'), nodes), 2);
});

/** A context whose loads are written as samples and send nothing. */
async function fakeContext(
  t: TestContext,
): Promise<{ context: CheckContext; under: string[]; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'accept-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const under: string[] = [];
  const missing = (): never => {
    throw new Error('not needed here');
  };
  const context: CheckContext = {
    get platform() {
      return missing();
    },
    get generator() {
      return missing();
    },
    form: 'short',
    folder,
    signal: new AbortController().signal,
    say: () => {},
    load: ({ what }: LoadOrder, meanwhile) => {
      under.push(what);
      return meanwhile({ startMs: 0, dueMs: 0, endMs: 0, signal: context.signal }).then(async (value) => {
        const samples = [sample(1_000), sample(2_000)];
        await writeSamples(join(folder, `${what}.csv.gz`), asStream(samples));
        return { what, ...(await countSamples(samples)), lowestSecond: 1, value };
      });
    },
  };
  return { context, under, folder };
}

async function* asStream(samples: readonly Sample[]): AsyncGenerator<Sample> {
  yield* samples;
}

test('several loads are on at the same time, and what happens meanwhile happens once', async (t) => {
  const { context, under, folder } = await fakeContext(t);
  const orders = ['one', 'other'].map((what) => ({
    what,
    topology: 'monolith' as const,
    rate: 1,
    seconds: 1,
  }));
  let times = 0;
  const { loads, value } = await loadEach(context, orders, async () => {
    assert.deepEqual(under, ['one', 'other']);
    times += 1;
    return 'done';
  });
  assert.deepEqual([times, value, loads.map(({ what }) => what)], [1, 'done', ['one', 'other']]);
  assert.equal((await readWindow(join(folder, 'one.csv.gz'))).requests, 2);
});
