import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPrices } from '../../lab/src/experiments/plan/prices.ts';
import { billOf } from '../src/cost/bill.ts';
import { readEdgePrices } from '../src/cost/prices.ts';

describe('the bill of a month', async () => {
  const prices = await readPrices();
  const edge = await readEdgePrices();
  const bill = (topology: 'monolith' | 'microservices', rate: number) => billOf(topology, rate, prices, edge);

  it('is the sum of its parts', () => {
    const { tasks, databases, network, rest, total } = bill('microservices', 100);
    assert.equal(total, tasks + databases + network + rest);
  });

  it('has two tasks of each component with no load, and more with more', () => {
    assert.equal(bill('microservices', 0).replicas, 2);
    assert.ok(bill('microservices', 1_000).tasks > bill('microservices', 0).tasks);
  });

  it('counts a database for each component', () => {
    assert.ok(Math.abs(bill('microservices', 0).databases - 3 * bill('monolith', 0).databases) < 1e-9);
  });
});
