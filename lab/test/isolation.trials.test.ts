import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allTopologies } from '../src/environments/environment.ts';
import type { LabOptions } from '../src/experiments/experiment.ts';
import { isolation } from '../src/experiments/isolation/experiment.ts';
import { standard } from '../src/experiments/isolation/settings.ts';
import { idOf, type Trial, trialsIn } from '../src/experiments/isolation/trials.ts';
import { faults } from '../src/faults/registry.ts';

const options: LabOptions = {
  env: 'compose',
  topologies: allTopologies,
  trials: undefined,
  quick: false,
  seed: 1,
};
const trials = trialsIn(options, standard);
const cellOf = ({ topology, module, fault }: Trial): string => `${topology} ${module} ${fault}`;
const counts = (some: readonly Trial[]): Map<string, number> =>
  new Map([...Map.groupBy(some, cellOf)].map(([cell, own]) => [cell, own.length]));

test('every fault of posts is in every topology, with 6 trials of the monolith, 8 of microservices and 3 of the controls', () => {
  for (const topology of allTopologies) {
    const expected = { monolith: 6, microservices: 8 }[String(topology)] ?? 3;
    for (const { name } of faults) assert.equal(counts(trials).get(`${topology} posts ${name}`), expected);
  }
  assert.equal(faults.length, 11);
});

test('the three most telling faults are in users too, in the main topologies', () => {
  const users = trials.filter(({ module }) => module === 'users');
  assert.deepEqual([...new Set(users.map(({ fault }) => fault))].sort(), [
    'database-stopped',
    'hung',
    'killed',
  ]);
  assert.deepEqual([...new Set(users.map(({ topology }) => topology))].sort(), ['microservices', 'monolith']);
});

test('each block holds every cell of the main topologies once', () => {
  const main = trials.filter(({ topology }) => topology === 'monolith' || topology === 'microservices');
  for (let block = 0; block < 6; block += 1) {
    const cells = main.slice(block * 28, (block + 1) * 28).map(cellOf);
    assert.equal(new Set(cells).size, 28);
  }
});

test('the order is drawn by the seed, and the same for the same seed', () => {
  const ids = (seed: number) => trialsIn({ ...options, seed }, standard).map(idOf);
  assert.deepEqual(ids(1), ids(1));
  assert.notDeepEqual(ids(1), ids(2));
  assert.deepEqual([...ids(1)].sort(), [...ids(2)].sort());
});

test('names of slots are unique and can name files', () => {
  const slots = isolation.slots(options);
  assert.equal(new Set(slots.map(({ id }) => id)).size, slots.length);
  for (const { id } of slots) assert.match(id, /^[\w.-]+$/);
});

test('users and threads get 100,000 requests while posts is broken, and a run takes less than 90 minutes', () => {
  const shareOfUsersAndThreads = 0.51; // of the mix; load/mix.ts says so too
  const requests = trials
    .filter(({ topology, module }) => topology === 'microservices' && module === 'posts')
    .map(
      ({ fault }) => (fault === 'surge' ? 0.5 : 1) * standard.rate * standard.fault * shareOfUsersAndThreads,
    );
  const total = requests.reduce((sum, one) => sum + one, 0);
  assert.ok(total >= 100_000, `${total}`);
  const seconds = isolation.slots(options).reduce((sum, slot) => sum + slot.seconds, 0);
  assert.ok(seconds < 90 * 60, `${seconds}`);
});

test('a quick run is one trial of a few faults in each topology', () => {
  const quick = isolation.slots({ ...options, quick: true });
  assert.equal(quick.length, 12);
  assert.ok(quick.reduce((sum, slot) => sum + slot.seconds, 0) < 180);
});
