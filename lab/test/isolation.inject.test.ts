import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../../test/support/until.ts';
import type { Deployment } from '../src/environments/environment.ts';
import { inject } from '../src/experiments/isolation/inject.ts';
import type { Fault, Target } from '../src/faults/fault.ts';
import { hung } from '../src/faults/hung.ts';
import { memoryLeak } from '../src/faults/memory-leak.ts';
import { killed } from '../src/faults/stopped.ts';
import { createTinyEnvironment } from './tiny-environment.ts';

const environment = createTinyEnvironment();
before(() => environment.up(['monolith']));
after(() => environment.down());

const target = (changes: Partial<Deployment> = {}): Target => ({
  deployment: { ...environment.deployment('monolith'), ...changes },
  module: 'posts',
  lastsMs: 300,
  heals: false,
  signal: new AbortController().signal,
});
const breakIt = (fault: Fault, at = target()) => inject(fault, at, Date.now(), 0.3);
const status = async (): Promise<number> => (await fetch(environment.deployment('monolith').baseUrl)).status;

test('a killed process is seen to be gone, stays down for as long as asked, and is back afterwards', async () => {
  const mark = await breakIt(killed);
  assert.match(mark.evidence, /monolith\/monolith-1 \(pid \d+\) is gone; at the end: still down/);
  assert.ok(mark.removedAtMs - mark.seenAtMs >= 300);
  assert.ok(mark.backAtMs >= mark.removedAtMs);
  assert.equal(await status(), 200);
});

test('a hung process counts as broken until it goes on', async () => {
  const mark = await breakIt(hung);
  assert.match(mark.evidence, /stands still; at the end: still the same process/);
  assert.equal(mark.removedAtMs, mark.backAtMs);
  assert.equal(await status(), 200);
});

test('a process that somebody started again in between makes the trial void', async () => {
  const helpful = { kill: async () => environment.deployment('monolith').restart('monolith') };
  await assert.rejects(breakIt(killed, target(helpful)), /runs, as pid \d+/);
});

test('a leak that reached no limit is not seen, and is undone all the same', async () => {
  const asked: string[] = [];
  const roomy: Partial<Deployment> = {
    async control(_, method, path) {
      asked.push(`${method} ${path}`);
      return [];
    },
    restore: async () => undefined,
  };
  await assert.rejects(breakIt(memoryLeak, target(roomy)), /no process of monolith reached its limit/);
  assert.deepEqual(asked, ['POST /faults/leak', 'DELETE /faults', 'DELETE /faults']);
});

test('a fault that took longer to come about than it was to last is not a trial', async () => {
  const late: Fault = {
    ...killed,
    countsFrom: 'order',
    async apply(at) {
      const ordered = Date.now();
      const active = await killed.apply(at);
      await until('200 ms to be over', () => Date.now() > ordered + 200);
      return active;
    },
  };
  await assert.rejects(breakIt(late), /it came about only after \d+ ms/);
  assert.equal(await status(), 200);
});

test('an interruption mends what was broken', async () => {
  const interruption = new AbortController();
  const at = { ...target(), signal: interruption.signal };
  const broken = inject(killed, at, Date.now(), 60);
  await until('the process to be gone', async () => {
    const [part] = await environment.deployment('monolith').parts();
    return part?.replicas.every(({ pid }) => pid === undefined);
  });
  interruption.abort(new Error('stop'));
  await assert.rejects(broken);
  assert.equal(await status(), 200);
});
