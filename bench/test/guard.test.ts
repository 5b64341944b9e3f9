import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWorse } from '../src/guard/committed.ts';

test('a ratio has become worse when its whole interval is above the committed one', () => {
  const measuredFrom = (low: number) => ({ value: low + 0.1, low, high: low + 0.2, trials: 7 });
  const committed = { value: 1, low: 0.9, high: 1.1 };
  assert.deepEqual(
    [1.05, 1.2].map((low) => isWorse(measuredFrom(low), committed)),
    [false, true],
  );
});
