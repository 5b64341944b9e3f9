import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOptions } from '../../deploy/k8s/load/options.ts';
import { createCount, tableOf } from '../../deploy/k8s/load/report.ts';
import type { Sample } from '../../lab/src/generator/samples.ts';

const sample = (route: string, durationMs: number, more: Partial<Sample> = {}): Sample => ({
  timeMs: 0,
  route,
  status: 200,
  durationMs,
  failed: false,
  degraded: false,
  ...more,
});

describe('the report of a load from several pods', () => {
  it('counts all routes together and each, and leaves failed requests out of the times', async () => {
    const count = createCount();
    async function* samples() {
      yield sample('GET /b', 10);
      yield sample('GET /a', 20, { degraded: true });
      yield sample('GET /a', 2000, { failed: true, status: 0 });
    }
    const passed = await Array.fromAsync(count.watch(samples()));
    assert.equal(passed.length, 3);
    const [all, a, b] = count.result();
    assert.deepEqual(all, {
      route: 'all',
      requests: 3,
      failed: 1,
      degraded: 1,
      medianMs: 15,
      p99Ms: 19.9,
      maxMs: 20,
    });
    assert.deepEqual([a?.route, a?.requests, a?.failed, a?.maxMs], ['GET /a', 2, 1, 20]);
    assert.deepEqual([b?.route, b?.requests, b?.failed], ['GET /b', 1, 0]);
  });

  it('shows no latency where every request failed', async () => {
    const count = createCount();
    async function* samples() {
      yield sample('GET /a', 5, { failed: true });
    }
    await Array.fromAsync(count.watch(samples()));
    assert.match(tableOf(count.result()), /GET \/a +1 +1 +0 +– +– +–/);
  });

  it('refuses options that mean nothing', () => {
    assert.equal(readOptions(['--pods', '0']), undefined);
    assert.equal(readOptions(['--speed', '9']), undefined);
    assert.equal(readOptions(['--rate', '2000', '--pods', '8'])?.rate, 2000);
  });
});
