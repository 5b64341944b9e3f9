import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { checkNames } from '../../lab/src/accept/check.ts';
import { checks } from '../../lab/src/accept/checks.ts';
import {
  type AcceptRecord,
  type CheckRecord,
  readRecord,
  totals,
  writeRecord,
} from '../../lab/src/accept/record.ts';
import { readRecords, renderAccept } from '../../lab/src/accept/table.ts';

const startedAt = '2026-01-01T00:00:00.000Z';
const held = (name: CheckRecord['name'], more: Partial<CheckRecord> = {}): CheckRecord => ({
  ...{ name, title: name, startedAt, seconds: 1, form: 'full', ok: true, saw: ['it held'] },
  ...more,
});
const recordOf = (platform: AcceptRecord['platform'], run: CheckRecord[]): AcceptRecord => ({
  ...{ schema: 1, platform, commit: 'abc', startedAt, seconds: 90, machine: 'one', about: ['Docker'] },
  ...{ generator: 'k6', checks: run, ...totals(run) },
});

describe('a run of the acceptance suite', () => {
  it('is accepted when every check held or does not apply', () => {
    const all = checkNames.map((name) => held(name, name === 'nodes' ? { ok: 'not applicable' } : {}));
    assert.equal(totals(all).ok, true);
  });

  it('is not accepted when a check failed, or was never run', () => {
    const all = checkNames.map((name) => held(name));
    assert.equal(
      totals(all.map((check, index) => (index === 3 ? { ...check, ok: false } : check))).ok,
      false,
    );
    assert.equal(totals(all.slice(1)).ok, false);
  });

  it('adds up the requests of its checks', () => {
    const run = [
      held('scale', { requests: 1_000, failed: 0 }),
      held('rollout', { requests: 2_000, failed: 3 }),
    ];
    const { requests, failed } = totals(run);
    assert.deepEqual([requests, failed], [3_000, 3]);
  });

  it('has every check in the order of the suite', () => {
    assert.deepEqual(
      checks.map(({ name }) => name),
      [...checkNames],
    );
  });
});

describe('the table of all platforms', () => {
  let out = '';
  before(async () => {
    out = await mkdtemp(join(tmpdir(), 'cleave-accept-'));
  });
  after(() => rm(out, { recursive: true, force: true }));

  it('is empty without results', async () => {
    assert.deepEqual(await readRecords(join(out, 'none')), []);
  });

  it('has a column for each record and a line for each check, those that were not run among them', async () => {
    const compose = recordOf('compose', [
      held('scale', { requests: 12_345, failed: 0 }),
      held('rollout', { ok: false }),
    ]);
    const swarm = recordOf('swarm', [held('nodes', { ok: 'not applicable' })]);
    for (const record of [compose, swarm]) await writeRecord(join(out, record.platform), record);
    assert.deepEqual(await readRecord(join(out, 'compose')), compose);
    const lines = stripVTControlCharacters(renderAccept(await readRecords(out))).split('\n');
    const line = (title: string) => lines.find((each) => each.includes(title)) ?? '';
    assert.match(lines[1] ?? '', /compose.*swarm/);
    assert.match(line('2. '), /ok {2}0 of 12,345 failed.*not run/);
    assert.match(line('3. '), /FAILED.*not run/);
    assert.match(line('7. '), /not run.*–/);
    assert.match(line('time'), /1\.5 min/);
  });
});
