import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schedule } from '../src/compare/schedule.ts';
import type { FaultMark } from '../src/report/schema.ts';
import { loadSeconds, phaseOf, phaseSeconds } from '../src/trial/phases.ts';

const seconds = phaseSeconds(4);
const mark: FaultMark = {
  fault: 'kill',
  beganAtMs: 10_000,
  seenAtMs: 10_020,
  removedAtMs: 14_020,
  backAtMs: 15_000,
  evidence: '',
};
const at = (sentMs: number) => phaseOf(sentMs, mark, seconds);

test('a request belongs to the phase in which it started', () => {
  assert.equal(at(8_000), 'baseline');
  assert.equal(at(10_020), 'fault');
  assert.equal(at(14_019), 'fault');
  assert.equal(at(14_020), 'recovery');
  assert.equal(at(19_019), 'recovery');
});

test('what is not near a fault belongs to none of its phases', () => {
  assert.equal(at(7_999), null);
  assert.equal(at(19_020), null);
});

test('requests at the edge of a fault are left out, however long they took', () => {
  assert.equal(at(9_899), 'baseline');
  assert.equal(at(9_900), 'edge');
  assert.equal(at(10_019), 'edge');
});

test('a trial has room for both faults', () => {
  assert.deepEqual(seconds, { warmUp: 1, baseline: 2, fault: 4, recovery: 5 });
  assert.equal(loadSeconds(seconds, 2), 23);
});

test('the topologies take turns in going first', () => {
  const order = schedule(3).map(({ topology, trial }) => `${topology} ${trial}`);
  assert.deepEqual(order, [
    'monolith 1',
    'microservices 1',
    'microservices 2',
    'monolith 2',
    'monolith 3',
    'microservices 3',
  ]);
});
