// The verbs that change what is up, each killed and run again: with one component, so that it takes minutes.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { run as runCommand } from '../../aws/src/run.ts';
import { commandFor } from './command.ts';
import { interrupting } from './interrupting.ts';
import { parseStatus } from './split.ts';
import { sweep } from './sweep.ts';

const from = process.env.WAY_IMAGE ?? 'local';
const mark = randomBytes(2).toString('hex');
const { start, run, end } = commandFor(`cut-${mark}`);
const interrupted = interrupting({ start, run });
const up = ['up', '--topology', 'monolith', '--image', from, '--tasks', '1'];
/** Versions of the monolith that differ in nothing that matters. */
const versions = [1, 2].map((number) => `cut-${mark}-${number}`);
const [first = '', second = ''] = versions;

const running = async () => {
  const { components } = parseStatus(await run('status', '--json'));
  const [monolith] = components;
  if (monolith === undefined) throw new Error('The monolith is not up.');
  return monolith;
};

describe('a verb that was killed while something is up and is run again', () => {
  let url = '';
  before(async () => {
    for (const version of versions) {
      const name = `cleave/monolith:${version}`;
      await runCommand(
        'docker',
        ['build', '--quiet', '--tag', name, '-'],
        `FROM cleave/monolith:${from}\nENV CUT=${version}\n`,
      );
    }
    url = await run(...up);
  });
  after(async () => {
    await end(start('down', '--yes', '--no-snapshots'));
    await sweep(`cut-${mark}`);
    await runCommand('docker', [
      'image',
      'rm',
      '--force',
      ...versions.map((one) => `cleave/monolith:${one}`),
    ]);
  });

  it('plan leaves nothing behind that the next one would see', async () => {
    const planned = await interrupted(/Looking at .*service-monolith/, 'plan', '--topology', 'monolith');
    assert.equal(planned, await run('plan', '--topology', 'monolith'));
  });

  it('push has pushed', async () => {
    const tag = await interrupted(/Pushing/, 'push', 'monolith', '--image', first);
    assert.match(tag, /^[0-9a-f]{12}$/);
  });

  for (const [moment, version] of [
    [/Migrating/, first],
    [/service-monolith .*Service UPDATE_IN_PROGRESS/, second],
  ] as const) {
    it(`update, killed at ${moment}, runs the new image`, async () => {
      await interrupted(moment, 'update', 'monolith', '--image', version);
      assert.equal((await running()).image, await run('push', 'monolith', '--image', version));
      assert.equal((await fetch(`${url}/api/users/1`)).status, 200);
    });
  }

  it('rollback goes back once, not twice', async () => {
    await interrupted(/service-monolith .*Service UPDATE_IN_PROGRESS/, 'rollback', 'monolith');
    assert.equal((await running()).image, await run('push', 'monolith', '--image', first));
  });

  it('scale has as many tasks as were asked for', async () => {
    await interrupted(/scaling-monolith .*IN_PROGRESS/, 'scale', 'monolith', '2', '--most', '2');
    const { running: tasks, desired } = await running();
    assert.deepEqual([tasks, desired], [2, 2]);
  });

  it('report has uploaded every file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cleave-report-'));
    try {
      for (const name of ['a.html', 'b.json']) await writeFile(join(folder, name), name);
      const told = await interrupted(/Uploading .*b\.json/, 'report', folder);
      for (const name of ['a.html', 'b.json'])
        assert.match(told, new RegExp(`reports/${basename(folder)}/${name}`));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('down ends with nothing left, killed while the bucket is emptied and while the database goes', async () => {
    const down = ['down', '--yes', '--no-snapshots'];
    assert.equal(await interrupted(/Deleting \d+ versions/, ...down), 'Nothing is left.');
    await sweep(`cut-${mark}`);
    await run(...up);
    assert.equal(await interrupted(/data-monolith .*IN_PROGRESS/, ...down), 'Nothing is left.');
  });
});
