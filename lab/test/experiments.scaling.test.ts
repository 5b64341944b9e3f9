import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Topology } from '../src/environments/environment.ts';
import { curvesOf } from '../src/experiments/scaling/curve.ts';
import { nextRung } from '../src/experiments/scaling/ladder.ts';
import type { LadderRecord, LadderStep, SweepRecord } from '../src/experiments/scaling/record.ts';
import { laddersOf } from '../src/experiments/scaling/rungs.ts';
import { scalingSection } from '../src/experiments/scaling/section.ts';
import { orderOf } from '../src/experiments/scaling/sweep.ts';
import { MiB, windowAt } from './windows.ts';

const rates = [100, 200, 400];
const rung = (rate: number, replicas: number, met: boolean, fellBehind = false) => ({
  rate,
  replicas,
  met,
  fellBehind,
});

describe('the ladder', () => {
  it('doubles the rate while the objective is met', () => {
    assert.deepEqual(nextRung([], rates, true), { rate: 100, replicas: 1 });
    assert.deepEqual(nextRung([rung(100, 1, true)], rates, true), { rate: 200, replicas: 1 });
    assert.equal(nextRung([rung(400, 1, true)], rates, true), undefined);
  });

  it('adds a replica where it breaks, up to four, and keeps it for the next rate', () => {
    assert.deepEqual(nextRung([rung(200, 1, false)], rates, true), { rate: 200, replicas: 2 });
    assert.deepEqual(nextRung([rung(200, 2, true)], rates, true), { rate: 400, replicas: 2 });
    assert.equal(nextRung([rung(200, 4, false)], rates, true), undefined);
  });

  it('ends where nothing can be added, or the generator fell behind', () => {
    assert.equal(nextRung([rung(200, 1, false)], rates, false), undefined);
    assert.equal(nextRung([rung(200, 1, false, true)], rates, true), undefined);
  });

  const step = (
    rate: number,
    replicas: number,
    met: boolean,
    cores: number,
    machineBusy = 0.4,
  ): LadderStep => ({
    replicas,
    window: windowAt(
      rate,
      { posts: cores, 'posts-db': 0.1 },
      { machineBusy, connections: { 'posts-db': 4 * replicas }, parts: { memoryBytes: 50 * MiB * replicas } },
    ),
    ...{ requests: 1_000, failed: 0, p99Ms: met ? 20 : 300, fellBehind: false, starved: false, met },
  });
  const record = (topology: Topology, steps: LadderStep[]): LadderRecord => ({
    ...{ kind: 'ladder', topology, trial: 1, steps },
    scaled: topology === 'monolith' ? null : 'posts',
  });
  const split = record('microservices', [
    step(100, 1, true, 0.2),
    step(200, 1, false, 0.5),
    step(200, 2, true, 0.45),
  ]);
  const whole = record('monolith', [step(100, 1, true, 0.15), step(200, 1, false, 0.3, 0.95)]);

  it('counts what each rate took in the end: replicas, cores, memory and connections', () => {
    const [ladder] = laddersOf([split]);
    assert.deepEqual(
      ladder?.rungs.map(({ rate, replicas, met, cores, memoryBytes, connections }) => [
        ...[rate, replicas, met, cores.toFixed(2), memoryBytes / MiB, connections],
      ]),
      [
        [100, 1, 1, '0.30', 50, 4],
        [200, 2, 1, '0.55', 100, 8],
      ],
    );
  });

  it('says what the doubling cost, what could not be added, and when the machine was the limit', () => {
    const { findings, html } = scalingSection([split, whole]);
    const text = findings[0]?.text ?? '';
    assert.match(
      text,
      /microservices went from 100 to 200 .* 2 of posts: \+0\.25 cores, \+50\.0 MiB, \+4 connections/,
    );
    assert.match(text, /monolith held 100 reads of posts a second and not twice as many/);
    assert.match(text, /in 1 of the steps that missed the objective nearly all cores/);
    assert.match(html.text, /1 \(nothing to add\)/);
  });
});

describe('the curve', () => {
  const throughput = (n: number): number => (500 * n) / (1 + 0.1 * (n - 1) + 0.02 * n * (n - 1));
  const sweep = (trial: number, machineBusy: (n: number) => number): SweepRecord => ({
    ...{ kind: 'sweep', topology: 'microservices', trial, scaled: 'posts' },
    points: [1, 2, 3, 4].map((n) => ({
      ...{
        replicas: n,
        throughput: throughput(n) * (1 + trial / 1_000),
        failed: 0,
        p99Ms: 20,
        generatorCores: 0.1,
      },
      use: windowAt(100, { posts: n * 0.5 }, { machineBusy: machineBusy(n) }).use,
    })),
  });

  it('finds the law that the throughput follows', () => {
    const [curve] = curvesOf([1, 2, 3].map((trial) => sweep(trial, () => 0.5)));
    assert.ok(curve?.law);
    assert.equal(curve.law.sigma.value.toFixed(2), '0.10');
    assert.equal(curve.law.kappa.value.toFixed(2), '0.02');
    assert.equal(curve.ofMachine, false);
    assert.ok(curve.check && Math.abs(curve.check.predicted / curve.check.measured - 1) < 0.01);
  });

  it('describes the machine when all cores were busy with most of the counts', () => {
    const full = [1, 2, 3].map((trial) => sweep(trial, (n) => (n > 2 ? 0.98 : 0.5)));
    assert.equal(curvesOf(full)[0]?.ofMachine, true);
    assert.match(scalingSection(full).html.text, /the machine: nearly all cores were busy/);
  });

  it('is measured upwards and downwards in turn', () => {
    assert.deepEqual(
      [orderOf([1, 2, 3], 1), orderOf([1, 2, 3], 2)],
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
    );
  });
});
