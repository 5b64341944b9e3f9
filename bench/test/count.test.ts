import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../src/load/arrivals.ts';
import { countBetween } from '../src/load/count.ts';

const outcomes: Outcome[] = [
  [100, 5, 4, 200, false],
  [1_500, 5, 2, 503, true],
  [1_600, 5, 3, 503, false],
  [2_500, 5, 4, 404, false],
  [2_600, 5, 4, 0, false],
];

test('answers, refusals and failures are told apart, and by when they were due', () => {
  const { sent, ok, refused, withoutRetryAfter, failed } = countBetween(outcomes);
  assert.deepEqual([sent, ok, refused, withoutRetryAfter, failed], [5, 1, 2, 1, 2]);
  const late = countBetween(outcomes, 1_600, 2_600);
  assert.deepEqual([late.sent, late.ok, late.refused, late.failed], [2, 0, 1, 1]);
});

test('latency counts from the moment a request was due, that of a refusal from its last attempt', () => {
  const { p50Ms, p99Ms } = countBetween(outcomes);
  assert.deepEqual([p50Ms, p99Ms], [5, 5]);
  assert.equal(countBetween(outcomes, 1_600, 1_601).refusedP99Ms, 3);
  assert.equal(countBetween(outcomes, 1_600).p99Ms, null);
});
