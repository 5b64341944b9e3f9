import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Topology } from '../src/environments/environment.ts';
import type { CostRecord } from '../src/experiments/cost/record.ts';
import { checksOf } from '../src/experiments/plan/check.ts';
import { type Efficiency, efficiencyOf } from '../src/experiments/plan/efficiency.ts';
import { clientsOf, modelsOf, slopeOf } from '../src/experiments/plan/model.ts';
import { planFor } from '../src/experiments/plan/plan.ts';
import { billOf } from '../src/experiments/plan/price.ts';
import { readPrices } from '../src/experiments/plan/prices.ts';
import { renderPlan } from '../src/experiments/plan/print.ts';
import { planSection } from '../src/experiments/plan/section.ts';
import { replicasFor, serversFor } from '../src/experiments/plan/size.ts';
import { MiB, windowAt } from './windows.ts';

const prices = await readPrices();

/** A trial at a rate with so many cores of a component and its database, and 12 connections. */
const steady = (topology: Topology, rate: number, cores: number): CostRecord => ({
  ...{ kind: 'steady', topology, trial: 1, load: 'mix' },
  window: windowAt(
    rate,
    { monolith: cores, 'monolith-db': cores / 4 },
    { connections: { 'monolith-db': 12 }, parts: { memoryBytes: 100 * MiB } },
  ),
});
const idle: CostRecord = {
  ...{ kind: 'idle', topology: 'monolith', trial: 1 },
  use: windowAt(1, { monolith: 0.01, 'monolith-db': 0 }).use,
};
const straight = [
  idle,
  steady('monolith', 100, 0.11),
  steady('monolith', 200, 0.21),
  steady('monolith', 400, 0.41),
];
const curveless = (measuredTo: number, share: number): Efficiency => ({
  ...{ measuredTo, from: 'a test' },
  of: (n) => (n === 1 ? 1 : share),
});

describe('the model', () => {
  it('is the line of the least squares from what nothing costs', () => {
    assert.equal(
      slopeOf(
        [
          { rate: 100, cores: 0.3 },
          { rate: 200, cores: 0.5 },
        ],
        0.1,
      ).toFixed(5),
      '0.00200',
    );
    const [model] = modelsOf(straight);
    const monolith = model?.parts.find(({ part }) => part === 'monolith');
    assert.equal(monolith?.secondsPerRequest.toFixed(6), '0.001000');
    assert.equal(monolith?.idleCores, 0.01);
    assert.equal(model?.connectionsPerReplica['monolith-db'], 12);
  });

  it('predicts a rate that it was not fitted on, and says by how much it was off', () => {
    const [exact] = checksOf(straight);
    assert.ok(exact && Math.abs(exact.error) < 0.01);
    assert.deepEqual(exact.fittedOn, [100, 200]);
    const [off] = checksOf([idle, steady('monolith', 100, 0.11), steady('monolith', 400, 0.82)]);
    assert.ok(off && off.error < -0.4, `it was off by ${off?.error}`);
    assert.deepEqual(checksOf([steady('monolith', 100, 0.1)]), []);
  });

  it('knows who keeps connections to a shared server', () => {
    const parts = ['gateway', 'users', 'threads', 'posts', 'shared-db'];
    assert.deepEqual(clientsOf('shared-db', parts), ['users', 'threads', 'posts']);
    assert.deepEqual(clientsOf('posts-db', parts), ['posts']);
  });
});

describe('sizes', () => {
  it('take more replicas where each is worth less', () => {
    assert.equal(replicasFor(6, curveless(4, 1)), 6);
    assert.equal(replicasFor(6, curveless(4, 0.5)), 12);
    assert.equal(replicasFor(1, curveless(4, 0.5)), 1);
  });

  it('take the smallest server that has the CPU and the connections, and several of the largest', () => {
    const { instances } = prices.rds;
    assert.equal(serversFor('a', 0.1, 12, instances).instance.name, 'db.t4g.micro');
    assert.equal(serversFor('a', 0.1, 200, instances).instance.name, 'db.t4g.small');
    assert.equal(serversFor('a', 3, 12, instances).instance.name, 'db.m6g.xlarge');
    assert.equal(serversFor('a', 200, 12, instances).servers, 4);
    assert.equal(serversFor('a', 1, 12_000, instances).servers, 3, '5,000 connections each');
  });

  it('have the efficiency of one when the curve is of the machine', () => {
    const curve = {
      topology: 'microservices',
      scaled: 'posts',
      trials: 3,
      points: [],
      ofMachine: true,
      check: null,
    } as const;
    const estimate = { value: 0, low: null, high: null, trials: 3 };
    const law = {
      lambda: { ...estimate, value: 1 },
      sigma: { ...estimate, value: 0.5 },
      kappa: estimate,
      peak: { ...estimate, value: null },
    };
    assert.equal(efficiencyOf('microservices', [{ ...curve, points: [], law }]).of(4), 1);
    const points = [{ replicas: 4, throughput: estimate, machineFull: 0, cores: 1 }];
    const measured = efficiencyOf('microservices', [{ ...curve, ofMachine: false, points, law }]);
    assert.equal(measured.of(4).toFixed(2), '0.40'); // 4 / (1 + 0.5 × 3) / 4
    assert.equal(measured.of(400), measured.of(4), 'beyond what was measured it stays');
  });
});

describe('a plan', () => {
  const planned = planFor(straight, [], [100, 1_000, 1_000_000], prices);

  it('costs what the table of prices says', () => {
    const [small] = planned.needs;
    assert.ok(small);
    // 0.11 cores at 60 % are 0.18 vCPU: a quarter of one with half a GB; the database needs 0.055 vCPU.
    const task = 730 * (0.25 * 0.04048 + 0.5 * 0.004445);
    const server = 730 * 0.016 + 20 * 0.115;
    assert.equal(small.bill.tasks.toFixed(4), task.toFixed(4));
    assert.equal(small.bill.databases.toFixed(4), server.toFixed(4));
    assert.equal(small.bill.traffic, null);
    const withTraffic = billOf(small, 1_000, prices);
    assert.equal(
      withTraffic.traffic?.toFixed(4),
      (((1_000 * 100 * 730 * 3_600) / 1e9 / 2) * 0.02).toFixed(4),
    );
  });

  it('grows with the rate', () => {
    const replicas = planned.needs.map((need) => need.replicas);
    assert.deepEqual(replicas, [1, 2, 1_667]);
    assert.equal(planned.needs.at(-1)?.connections, 1_667 * 12);
  });

  it('is printed with its checks, its limits and the date of its prices', () => {
    const plan = { ...planned, measuredOn: 'local' };
    for (const text of [renderPlan(plan, 1_000), planSection(plan).html.text]) {
      assert.ok(text.includes(prices.date));
      assert.match(text, /fitted on 100 and 200 requests a second it predicts/);
      assert.match(text, /divided into several/);
    }
    assert.match(renderPlan(plan, 1_000), /monolith at 1,000\/s: monolith 2 × 1 vCPU 2 GB/);
  });
});
