import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allTopologies } from '../src/environments/environment.ts';
import type { Kept, Section } from '../src/experiments/experiment.ts';
import type { Cell } from '../src/experiments/isolation/count.ts';
import { couplings } from '../src/experiments/isolation/couplings.ts';
import { type Digest, digest, findCell } from '../src/experiments/isolation/digest.ts';
import { spared } from '../src/experiments/isolation/groups.ts';
import { type IsolationRecord, recordSchema } from '../src/experiments/isolation/record.ts';
import { isolationSection } from '../src/experiments/isolation/section.ts';
import { goldenFile } from './isolation.golden.ts';
import { keepWorld } from './isolation.world.ts';
import { close } from './support/close.ts';

let folder: string;
let kept: Kept<IsolationRecord>[];
let counted: Digest;
let section: Section;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isolation-'));
  kept = await keepWorld(allTopologies, 3, folder);
  counted = await digest(
    kept.map(({ record }) => record),
    folder,
  );
  section = await isolationSection(kept, folder);
});
after(() => rm(folder, { recursive: true }));

const cell = (...place: [Cell['topology'], string, string, string]): Cell => {
  const found = findCell(counted, ...place);
  assert.ok(found, place.join(' '));
  return found;
};
const texts = (): string =>
  section.findings.map(({ text, control }) => `${text} ${control ?? ''}`).join('\n');

test('what a trial keeps is what the schema reads', () => {
  for (const { record } of kept) assert.deepEqual(recordSchema.parse(record), record);
});

test('the known shares are found, with their number of trials', () => {
  const broken = cell('monolith', 'posts', 'killed', spared);
  assert.deepEqual([broken.trials, broken.broken.availability, broken.baseline.availability], [3, 0, 1]);
  assert.equal(cell('microservices', 'posts', 'killed', spared).broken.availability, 1);
  close(cell('monolith-replicated', 'posts', 'killed', spared).broken.availability, 0.98, 0.011);
});

test('the known shift of p99 is found, and none where there is none', () => {
  const shifted = cell('microservices', 'posts', 'killed', 'discussion').p99Ratio;
  close(shifted?.value, 3, 0.05);
  const same = cell('microservices', 'posts', 'killed', 'users').p99Ratio;
  assert.ok(same && (same.low ?? 0) <= 1 && (same.high ?? 0) >= 1, JSON.stringify(same));
});

test('answers with a part missing are counted as answered, and apart', () => {
  const { broken } = cell('microservices', 'posts', 'killed', 'discussion');
  assert.equal(broken.availability, 1);
  assert.equal(broken.degraded, broken.requests);
});

test('users and threads are pooled over all faults in posts', () => {
  const pooled = counted.pooled.find(({ topology }) => topology === 'microservices');
  const own = ['killed', 'database-stopped'].map(
    (fault) => cell('microservices', 'posts', fault, spared).broken.requests,
  );
  assert.equal(
    pooled?.requests,
    own.reduce((sum, one) => sum + one, 0),
  );
  assert.deepEqual([pooled?.trials, pooled?.failed], [6, 0]);
});

test('a fault that crosses over is named with its route and its reason', () => {
  const found = couplings(counted).map(({ cell: { module, fault, route }, why }) => [
    module,
    fault,
    route,
    why !== undefined,
  ]);
  assert.deepEqual(found, [['users', 'killed', 'POST /api/threads', true]]);
});

test('the findings say what replication and what a shared database explain', () => {
  assert.match(texts(), /microservices 100 % of 1,440 requests/);
  assert.match(texts(), /Against monolith-replicated: more in all 2\./);
  assert.match(
    texts(),
    /microservices-shared-db, .*more in 1 \(database stopped\) and no difference found in 1 \(killed\)/,
  );
});

test('the price in latency is told from the seconds before the faults', () => {
  assert.match(
    texts(),
    /the median of all answers took the monolith 2\.\d ms and microservices 2\.\d ms: 1\.00× \(95 % interval/,
  );
  assert.match(texts(), /the median of a discussion .* The controls: monolith-replicated 2\.\d ms: 1\.00×/);
});

test('topologies that were not measured are not spoken of', async () => {
  const some = kept.filter(({ record }) => record.topology === 'monolith');
  const { findings, html } = await isolationSection(some, folder);
  assert.doesNotMatch(JSON.stringify(findings), /microservices|replicated/);
  assert.match(html.text, /monolith/);
});

test('the section is the one that was looked at (golden file)', async () => {
  assert.equal(section.html.text, await readFile(goldenFile, 'utf8'));
});
