import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { EnvironmentName, Topology } from '../src/environments/environment.ts';
import { isolation } from '../src/experiments/isolation/experiment.ts';
import { openStore } from '../src/experiments/store.ts';
import { NotComparable } from '../src/side-by-side/read.ts';
import { writeSideBySide } from '../src/side-by-side/write.ts';
import { keepWorld } from './isolation.world.ts';
import { exampleStudy } from './study.example.ts';

const folderFor = async (t: TestContext): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'side-by-side-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
};

/** A results folder with the world of `topologies`, told as if it had been `as` others. */
async function results(
  t: TestContext,
  env: EnvironmentName,
  topologies: readonly Topology[],
  as: readonly Topology[] = topologies,
): Promise<string> {
  const out = await folderFor(t);
  await writeFile(join(out, 'study.json'), JSON.stringify({ ...exampleStudy, env, topologies: as }));
  const store = openStore(out, isolation);
  for (const kept of await keepWorld(topologies, 3, store.folder)) {
    const topology = as[topologies.indexOf(kept.record.topology)] ?? kept.record.topology;
    await store.keep({ ...kept, record: { ...kept.record, topology } });
  }
  return out;
}

const both = ['monolith', 'microservices'] as const;

test('environments that do the same do not differ, and each cell is shown once for each', async (t) => {
  const folders = [await results(t, 'compose', both), await results(t, 'kubernetes', both)];
  const { html, differing } = await writeSideBySide(folders, await folderFor(t));
  const page = await readFile(html, 'utf8');
  assert.equal(differing, 0);
  assert.match(page, /No cell differs/);
  for (const name of ['monolith, compose', 'monolith, kubernetes', 'microservices, kubernetes']) {
    assert.equal(page.split(`<span>${name}</span>`).length - 1, 8, name); // four groups in each of two tables
  }
  assert.doesNotMatch(page, /https?:\/\//, 'it needs no network');
});

test('cells whose intervals are apart are told', async (t) => {
  const swapped = ['microservices', 'monolith'] as const;
  const folders = [await results(t, 'compose', both), await results(t, 'swarm', both, swapped)];
  const { json } = await writeSideBySide(folders, await folderFor(t));
  const { differences, sides } = JSON.parse(await readFile(json, 'utf8'));
  assert.deepEqual([sides[0].env, sides[1].env], ['compose', 'swarm']);
  const texts: string[] = differences.map(({ text }: { text: string }) => text);
  assert.ok(
    texts.includes('monolith, posts killed, users: 0 % on compose, 100 % on swarm.'),
    texts.join('\n'),
  );
});

test('folders without the experiment, or without a topology in common, are refused in one sentence', async (t) => {
  const out = await folderFor(t);
  const empty = await folderFor(t);
  const one = await results(t, 'compose', ['monolith']);
  const other = await results(t, 'swarm', ['microservices']);
  await assert.rejects(writeSideBySide([one, empty], out), NotComparable);
  await assert.rejects(writeSideBySide([one, other], out), /no topology in common/);
});
