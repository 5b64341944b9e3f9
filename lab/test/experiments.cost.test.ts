import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Topology } from '../src/environments/environment.ts';
import type { Counted, SteadyTrial } from '../src/experiments/cost/count.ts';
import { digestCost } from '../src/experiments/cost/digest.ts';
import { costFindings } from '../src/experiments/cost/findings.ts';
import { bracket, nextRate } from '../src/experiments/cost/knee.ts';
import type { KneeRecord, KneeStep } from '../src/experiments/cost/record.ts';
import { costSection } from '../src/experiments/cost/section.ts';
import { namedSlots } from '../src/experiments/cost/slots.ts';
import { floorsOf } from '../src/experiments/noise/floors.ts';
import { everything } from '../src/experiments/steady/figures.ts';
import { ourCode } from '../src/experiments/steady/readings.ts';
import { cellOf } from '../src/experiments/steady/rows.ts';
import { optionsOf, windowAt } from './windows.ts';

const floors = floorsOf([]);
const wobble = [1, 1.01, 0.99, 1.005, 0.995, 1.002];

const steady = (topology: Topology, p50: number, cpu: number, rate = 200): SteadyTrial[] =>
  wobble.map((way) => ({
    topology,
    load: 'mix',
    rate,
    machineBusy: 0.5,
    readings: [
      { kind: 'p50', of: everything, value: p50 * way },
      { kind: 'cpu', of: ourCode, value: cpu * way },
    ],
  }));

const counted = (trials: SteadyTrial[], knees: KneeRecord[] = []): Counted => ({
  steady: trials,
  idle: [],
  knees,
});

const step = (rate: number, met: boolean, machineBusy = 0.5): KneeStep => ({
  window: windowAt(rate, {}, { machineBusy }),
  ...{ requests: 100, failed: 0, p99Ms: met ? 20 : 400, fellBehind: false, starved: false, met },
});

const knee = (topology: Topology, ...steps: KneeStep[]): KneeRecord => ({
  ...{ kind: 'knee', topology, trial: 1, steps, ended: 'objective missed' },
});

describe('cost', () => {
  it('compares each topology with the monolith, at the rate with the most trials', () => {
    const other = steady('monolith', 50, 5_000, 400).slice(0, 3);
    const costs = digestCost(
      counted([...steady('monolith', 2, 600), ...steady('microservices', 4, 1_500), ...other]),
      floors,
    );
    assert.equal(costs.mainRate, 200);
    const cell = cellOf(costs.summary, 'cpu', ourCode, 'microservices');
    assert.equal(cell?.against?.ratio.value.toFixed(2), '2.50');
    assert.equal(cell?.against?.difference.found, 'slower');
    assert.equal(cellOf(costs.summary, 'cpu', ourCode, 'monolith')?.against, undefined);
    assert.equal(costs.rates.length, 2);
  });

  it('says who is ahead, whoever it is, and what the controls showed', () => {
    const told = (cpu: number): string[] => {
      const trials = [...steady('monolith', 2, 600), ...steady('microservices', 2, cpu)];
      const costs = digestCost(counted([...trials, ...steady('monolith-replicated', 2, 900)]), floors);
      return costFindings(costs).map(({ text, control }) => `${text} ${control}`);
    };
    assert.match(
      told(1_500)[0] ?? '',
      /2\.50× that of the monolith .* 1,502 µs and 601 µs.*monolith-replicated.*1\.50×/,
    );
    assert.match(told(300)[0] ?? '', /0\.50× that of the monolith/);
    assert.match(told(605)[0] ?? '', /no difference found/);
  });

  it('prints the floor that it used and the trials behind each number', () => {
    const { html } = costSection(
      counted([...steady('monolith', 2, 600), ...steady('microservices', 4, 1_500)]),
      { floors, measured: false },
    );
    assert.match(html.text, /3 % is taken for the noise floor/);
    assert.match(html.text, /n=6/);
  });

  it('gives the main comparison six trials, controls three, and every slot a name of its own', () => {
    const slots = namedSlots(optionsOf(['monolith', 'monolith-replicated']));
    const named = (text: string): number => slots.filter(({ id }) => id.startsWith(text)).length;
    assert.deepEqual([named('mix-200.monolith.'), named('mix-200.monolith-replicated.')], [6, 3]);
    assert.equal(new Set(slots.map(({ id }) => id)).size, slots.length);
    assert.ok(slots.every(({ id }) => /^[a-z0-9.-]+$/.test(id)));
  });
});

describe('the knee', () => {
  it('is searched upwards from a rate that holds, downwards from one that does not, and then in between', () => {
    assert.equal(nextRate([]), 300);
    assert.equal(nextRate([step(300, true)]), 450);
    assert.equal(nextRate([step(300, false)]), 200);
    assert.equal(nextRate([step(300, true), step(450, false)]), 370);
    assert.equal(nextRate([step(300, true), step(450, false), step(370, true)]), null);
    assert.equal(nextRate([step(2_000, true)]), null);
  });

  it('lies below the lowest rate that missed, whatever held above it', () => {
    assert.deepEqual(bracket([step(300, true), step(450, false), step(370, false), step(500, true)]), {
      held: 300,
      missed: 370,
    });
    assert.deepEqual(bracket([step(300, false)]), { held: null, missed: 300 });
  });

  it('is said to be the machine where all cores were busy when it was missed', () => {
    const knees = [
      knee('monolith', step(300, true), step(450, false, 0.97)),
      knee('microservices', step(200, true), step(300, false)),
    ];
    const costs = digestCost(counted([], knees), floors);
    assert.deepEqual(
      costs.knees.map(({ topology, held, machineBound }) => [topology, held?.value, machineBound]),
      [
        ['monolith', 300, 1],
        ['microservices', 200, 0],
      ],
    );
    assert.match(
      costFindings(costs)[0]?.text ?? '',
      /microservices 200\/s \(n=1\), monolith 300\/s .*machine itself/,
    );
  });
});
