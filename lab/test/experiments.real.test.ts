// Noise, cost and scaling on real processes: one short slot of each kind, on one topology.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createLocalEnvironment } from '../src/environments/local/local-environment.ts';
import { cost } from '../src/experiments/cost/experiment.ts';
import type { Context, Experiment, Section } from '../src/experiments/experiment.ts';
import { noise } from '../src/experiments/noise/experiment.ts';
import { scaling } from '../src/experiments/scaling/experiment.ts';
import { createTinyGenerator } from './tiny-generator.ts';
import { optionsOf } from './windows.ts';

const environment = createLocalEnvironment({ logLevel: 'warn' });
const options = optionsOf(['monolith'], { quick: true });

describe('experiments on the monolith', { timeout: 120_000 }, () => {
  let out: string;
  before(async () => {
    out = await mkdtemp(join(tmpdir(), 'cleave-experiments-'));
    await environment.up(['monolith']);
  });
  after(async () => {
    await environment.down();
    await rm(out, { recursive: true });
  });

  /** Runs the slots that are named, as the runner would, and draws their section. */
  const run = async <R>(
    experiment: Experiment<R>,
    names: RegExp,
  ): Promise<{ records: R[]; section: Section }> => {
    const folder = join(out, experiment.name);
    const context: Context = {
      ...{ options, environment, folder, generator: createTinyGenerator() },
      ...{ signal: new AbortController().signal, say: () => undefined },
    };
    const slots = experiment.slots(options).filter(({ id }) => names.test(id));
    const kept = [];
    for (const slot of slots) {
      const record = experiment.schema.parse(JSON.parse(JSON.stringify(await experiment.run(slot, context))));
      kept.push({ slot: slot.id, startedAt: new Date().toISOString(), seconds: 1, voids: [], record });
    }
    return {
      records: kept.map(({ record }) => record),
      section: await experiment.section(kept, folder, options),
    };
  };

  it('account for CPU, memory and connections in A/A', async () => {
    const { records, section } = await run(noise, /A1/);
    assert.equal(records.length, 1);
    for (const { window } of records) {
      const names = window.use.parts.map(({ part }) => part);
      assert.deepEqual(names.sort(), process.platform === 'linux' ? ['monolith', 'monolith-db'] : []);
      assert.ok((window.use.connections['monolith-db'] ?? 0) > 0);
    }
    assert.match(section.html.text, /too few trials/);
  });

  it('tell a busy topology from an idle one', async () => {
    const { records, section } = await run(cost, /^(idle|mix)/);
    const cores = records.map((record) => {
      assert.notEqual(record.kind, 'knee');
      const { parts, seconds } =
        record.kind === 'knee' ? assert.fail() : record.kind === 'idle' ? record.use : record.window.use;
      return [record.kind, parts.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / seconds] as const;
    });
    const { idle = 0, steady = 0 } = Object.fromEntries(cores);
    assert.ok(process.platform !== 'linux' || steady > 2 * idle, `idle ${idle}, under load ${steady}`);
    assert.match(section.html.text, /All requests together, at 100 requests a second/);
  });

  it('say that a monolith with nothing before it has nothing to add', async () => {
    const { records, section } = await run(scaling, /^sweep/);
    const [sweep] = records;
    assert.ok(sweep?.kind === 'sweep' && sweep.scaled === null && sweep.points.length === 1);
    assert.ok((sweep.points[0]?.throughput ?? 0) > 10);
    assert.match(section.html.text, /nothing to add/);
  });
});
