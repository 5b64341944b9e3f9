import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPrices } from '../../lab/src/experiments/plan/prices.ts';
import { sizes, topologies } from '../src/components/components.ts';
import { assumed, billOf, parts } from '../src/cost/bill.ts';
import { readEdgePrices } from '../src/cost/prices.ts';

const HOURS = 730;

describe('the bill of a month', async () => {
  const prices = await readPrices();
  const edge = await readEdgePrices();
  const bill = (topology: 'monolith' | 'microservices', rate: number) => billOf(topology, rate, prices, edge);
  const close = (one: number, other: number): void =>
    assert.ok(Math.abs(one - other) < 0.005, `${one} ${other}`);

  for (const topology of ['monolith', 'microservices'] as const) {
    for (const rate of [0, 100, 1_000]) {
      it(`is the sum of its parts: ${topology}, ${rate} requests a second`, () => {
        const { tasks, databases, network, answers, rest, total } = bill(topology, rate);
        close(total, tasks + databases + network + answers + rest);
      });

      it(`keeps tasks busy as the scaling policy does: ${topology}, ${rate} requests a second`, () => {
        const { replicas } = bill(topology, rate);
        const { cpu, tasks } = sizes[topologies[topology][0]];
        const busy = (rate * assumed.cpuMs) / 1_000 / topologies[topology].length;
        const bears = (count: number): boolean => count * (cpu / 1_024) * assumed.utilisation >= busy;
        assert.ok(replicas >= tasks && bears(replicas));
        assert.ok(replicas === tasks || !bears(replicas - 1));
      });
    }
  }

  it('of an idle monolith is what its parts cost by the hour', () => {
    const { tasks, databases, network, answers, rest } = bill('monolith', 0);
    close(tasks, HOURS * 2 * (1 * 0.04048 + 2 * 0.004445));
    close(databases, HOURS * 0.016 + 20 * 0.115);
    close(network, HOURS * (0.0225 + 2 * 0.005 + 4 * 2 * 0.01));
    close(rest, 3 * 0.4 + 8 * 0.1 + 3);
    assert.equal(answers, 0);
  });

  it('of 1,000 requests a second has the load balancer at its capacity and what leaves for the internet', () => {
    const gigabytes = (1_000 * HOURS * 3_600 * 1_000) / 1e9;
    close(bill('monolith', 1_000).answers, (gigabytes - 100) * 0.09);
    const more = bill('monolith', 1_000).network - bill('monolith', 0).network;
    close(more, HOURS * 3.6 * 0.008 + gigabytes * (assumed.logBytes / 1_000) * 0.01);
  });

  it('grows with the load in every topology', () => {
    for (const topology of ['monolith', 'microservices'] as const)
      assert.ok(
        bill(topology, 0).total < bill(topology, 100).total &&
          bill(topology, 100).total < bill(topology, 1_000).total,
      );
  });

  it('counts a database, its secrets and its alarms for each component', () => {
    close(bill('microservices', 0).databases, 3 * bill('monolith', 0).databases);
    const each = parts.secretsOfComponent * edge.secret.month + parts.alarmsOfComponent * edge.alarm.month;
    close(bill('microservices', 0).rest - bill('monolith', 0).rest, 2 * each);
  });
});
