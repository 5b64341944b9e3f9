import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findings } from '../src/compare/findings.ts';
import { runStudy, type Study } from '../src/compare/study.ts';
import type { Setting } from '../src/compare/trial.ts';
import type { Environment } from '../src/environments/environment.ts';
import { faults, type MainTopology, mainTopologies } from '../src/report/schema.ts';
import { createTinyEnvironment } from './tiny-environment.ts';
import { createTinyGenerator } from './tiny-generator.ts';

const seconds = { warmUp: 0.1, baseline: 0.4, fault: 0.9, recovery: 0.8 };
const environment = createTinyEnvironment();
let out: string;

before(async () => {
  out = await mkdtemp(join(tmpdir(), 'compare-'));
  await environment.up(mainTopologies);
});
after(async () => {
  await environment.down();
  await rm(out, { recursive: true });
});

const setting = (changes: Partial<Setting> = {}): Setting => ({
  environment,
  generator: createTinyGenerator(),
  rate: 50,
  faults,
  seconds,
  ...changes,
});

const study = (changes: Partial<Setting> = {}, signal = new AbortController().signal): Promise<Study> =>
  runStudy(setting(changes), 1, out, signal);

const answeredIn = (done: Study, topology: MainTopology, phase: string): (number | null)[] =>
  findings(done.counted, faults)
    .cells.filter((cell) => cell.topology === topology && cell.phase === phase)
    .map((cell) => cell.availability);

test('a trial sees each fault happen to a real process, and what it did', async () => {
  const done = await study();
  assert.deepEqual(done.voidTrials, []);
  for (const run of done.runs) {
    assert.match(run.faults[0]?.evidence ?? '', /\(pid \d+\) is gone; GET \/api\/posts gave no answer/);
    assert.match(run.faults[1]?.evidence ?? '', /stands still; GET \/api\/posts gave no answer/);
  }
  for (const topology of ['monolith', 'microservices'] as const) {
    assert.deepEqual(answeredIn(done, topology, 'baseline'), [1, 1]);
    assert.ok(answeredIn(done, topology, 'fault').every((share) => share !== null && share < 0.5));
  }
});

test('a fault that did not happen makes the trial void, which is repeated at most twice and then given up', async () => {
  const reasons: string[] = [];
  const harmless: Environment = {
    ...environment,
    deployment: (topology) => ({ ...environment.deployment(topology), kill: async () => undefined }),
  };
  await assert.rejects(
    runStudy(setting({ environment: harmless }), 1, out, new AbortController().signal, {
      onVoid: (_, reason) => reasons.push(reason),
    }),
    /monolith had 3 void trials and no other: kill was not seen: GET \/api\/posts answered 200/,
  );
  assert.equal(reasons.length, 3);
});

test('a trial in which the generator fell behind is void, counted, and run again', async () => {
  let runs = 0;
  const generator = createTinyGenerator(() => {
    runs += 1;
    return runs === 1;
  });
  const done = await study({ generator, faults: ['hang'] });
  assert.deepEqual(done.voidTrials, [
    {
      trial: 1,
      topology: 'monolith',
      reason: 'the generator fell behind: 7 requests not sent, 70 % of the rate in its worst second',
    },
  ]);
  assert.equal(done.runs.length, 2);
});

test('an interruption ends a study at once', async () => {
  const interruption = new AbortController();
  const done = study({ onLoad: () => interruption.abort(new Error('stop')) }, interruption.signal);
  await assert.rejects(done, /stop/);
});
