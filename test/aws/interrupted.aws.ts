import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { commandFor } from './command.ts';
import { interrupting } from './interrupting.ts';
import { parseStatus } from './split.ts';
import { sweep } from './sweep.ts';

const image = process.env.WAY_IMAGE ?? 'local';
const site = `cut-${randomBytes(2).toString('hex')}`;
const { start, run, end } = commandFor(site);
// whether the path is well is not asked here
const careless = ['--watch', '1', '--slowest', '60000', '--failing', '100'];

const interrupted = interrupting({ start, run });

describe('a verb that was killed and is run again', () => {
  let connect: ChildProcess;
  before(() => {
    connect = start('connect');
  });
  after(async () => {
    connect.kill('SIGTERM');
    await end(start('down', '--yes', '--no-snapshots'));
    await sweep(site);
  });

  for (const moment of [
    /Vpc CREATE_IN_PROGRESS/,
    /Balancer CREATE_IN_PROGRESS/,
    /Pushing/,
    /Instance CREATE_IN_PROGRESS/,
  ]) {
    it(`ends as if nothing had been: up, at ${moment}`, async () => {
      const url = await interrupted(moment, 'up', '--topology', 'monolith', '--image', image);
      assert.equal((await fetch(`${url}/api/users/1`)).status, 200);
      await run('down', '--yes', '--no-snapshots');
      await sweep(site);
    });
  }

  it('ends as if nothing had been: up, at its migration and its service', async () => {
    await interrupted(/Migrating/, 'up', '--topology', 'monolith', '--image', image);
    await interrupted(
      /service-users .*Service CREATE_IN_PROGRESS/,
      'up',
      '--topology',
      'microservices',
      '--image',
      image,
    );
    const { components } = parseStatus(await run('status', '--json'));
    assert.deepEqual(
      components.map(({ component }) => component),
      ['monolith', 'users', 'threads', 'posts'],
    );
  });

  it('ends as if nothing had been: shift, retire, down', async () => {
    for (const path of ['/api/users', '/api/threads']) await run('shift', path, '100', ...careless);
    await interrupted(/IN_PROGRESS/, 'shift', '/api/posts', '100', ...careless);
    await interrupted(/service-monolith .*IN_PROGRESS/, 'retire', 'monolith', '--yes');
    assert.equal(
      await interrupted(/service-users .*IN_PROGRESS/, 'down', '--yes', '--no-snapshots'),
      'Nothing is left.',
    );
  });
});
