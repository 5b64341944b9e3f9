import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRetryBudget } from '../src/retry-budget.ts';

test('a budget gives its floor at once, then a share of the requests', () => {
  const budget = createRetryBudget({ percent: 20, floor: 3 });
  const taken = () => {
    let count = 0;
    while (budget.withdraw()) count += 1;
    return count;
  };
  assert.equal(taken(), 3);
  for (let request = 0; request < 25; request += 1) budget.deposit();
  assert.equal(taken(), 5);
  for (let request = 0; request < 10_000; request += 1) budget.deposit();
  assert.equal(taken(), 60, 'only the last 300 requests count');
});
