import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { z } from 'zod';
import type { Environment } from '../src/environments/environment.ts';
import { type Experiment, type LabOptions, type Slot, Void } from '../src/experiments/experiment.ts';
import { pending, type RunProgress, runExperiment } from '../src/experiments/run.ts';
import { openStore } from '../src/experiments/store.ts';
import { describeSession, OtherStudy, openStudy, requireSameStudy } from '../src/experiments/study.ts';
import { html } from '../src/report/html.ts';
import { createTinyGenerator } from './tiny-generator.ts';

const options: LabOptions = {
  env: 'local',
  topologies: ['monolith'],
  trials: undefined,
  quick: true,
  seed: 1,
};
const quiet: RunProgress = { onSlot: () => undefined, onKept: () => undefined, onVoid: () => undefined };

const nowhere: Environment = {
  name: 'local',
  heals: false,
  budgets: 'none',
  enforcesBudgets: false,
  up: async () => undefined,
  deployment: (topology) => {
    throw new Error(`${topology} is not up`);
  },
  down: async () => undefined,
};

/** Three slots; `outcome` says what each attempt comes to. */
const counting = (outcome: (slot: Slot) => number): Experiment<number> & { ran: string[] } => ({
  name: 'counting',
  ran: [],
  schema: z.number(),
  slots: () => ['a', 'b', 'c'].map((id) => ({ id, title: id, topologies: [], seconds: 1 })),
  async run(slot) {
    this.ran.push(slot.id);
    return outcome(slot);
  },
  section: async () => ({ findings: [], html: html``, data: {} }),
});

const folder = async (t: TestContext): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'cleave-study-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
};

const context = (signal = new AbortController().signal) => ({
  options,
  environment: nowhere,
  generator: createTinyGenerator(),
  signal,
  say: () => undefined,
});

describe('a run of an experiment', () => {
  it('goes on after an interruption without repeating what was finished', async (t) => {
    const out = await folder(t);
    const interruption = new AbortController();
    const first = counting((slot) => {
      if (slot.id === 'b') interruption.abort(new Error('stop'));
      interruption.signal.throwIfAborted();
      return 1;
    });
    await assert.rejects(runExperiment(first, out, context(interruption.signal), quiet), /stop/);
    const second = counting(() => 2);
    assert.equal(await runExperiment(second, out, context(), quiet), 0);
    assert.deepEqual(second.ran, ['b', 'c']);
    const kept = await openStore(out, second).all();
    assert.deepEqual(kept.map(({ slot, record }) => [slot, record]).sort(), [
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ]);
  });

  it('repeats a void trial and keeps the reason', async (t) => {
    const out = await folder(t);
    let tries = 0;
    const shaky = counting((slot) => {
      tries += slot.id === 'b' ? 1 : 0;
      if (slot.id === 'b' && tries === 1) throw new Void('the generator fell behind');
      return tries;
    });
    assert.equal(await runExperiment(shaky, out, context(), quiet), 0);
    assert.deepEqual(shaky.ran, ['a', 'b', 'b', 'c']);
    const kept = await openStore(out, shaky).all();
    assert.deepEqual(kept.find(({ slot }) => slot === 'b')?.voids, ['the generator fell behind']);
    assert.deepEqual(await openStore(out, shaky).unrepeated(), []);
  });

  it('leaves a slot that is void three times for the next run, and says that it is missing', async (t) => {
    const out = await folder(t);
    const never = counting((slot) => {
      if (slot.id === 'c') throw new Void('the fault was not seen');
      return 1;
    });
    assert.equal(await runExperiment(never, out, context(), quiet), 1);
    const reason = 'the fault was not seen';
    assert.deepEqual(await openStore(out, never).unrepeated(), [
      { slot: 'c', reasons: [reason, reason, reason] },
    ]);
    assert.deepEqual(
      (await pending(never, out, never.slots(options))).map(({ id }) => id),
      ['c'],
    );
  });

  it('ends at once when something else than a void trial goes wrong', async (t) => {
    const broken = counting(() => {
      throw new TypeError('a mistake');
    });
    await assert.rejects(runExperiment(broken, await folder(t), context(), quiet), TypeError);
    assert.deepEqual(broken.ran, ['a']);
  });
});

describe('a results folder', () => {
  it('takes further sessions of the same study, and refuses another', async (t) => {
    const out = await folder(t);
    const session = await describeSession({ name: 'tiny', version: '1' }, true, 'none');
    await openStudy(out, options, session);
    assert.equal((await openStudy(out, options, session)).sessions.length, 2);
    await requireSameStudy(out, options);
    for (const other of [{ seed: 2 }, { rate: 100 }])
      await assert.rejects(requireSameStudy(out, { ...options, ...other }), OtherStudy);
  });
});
