import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { components, compose, inspect, sql } from './containers.ts';

const { CONTRACT_MONOLITH_URL: monolith = '', CONTRACT_MICROSERVICES_URL: microservices = '' } = process.env;

const newThread = async (base: string): Promise<string> => {
  const answer = await fetch(`${base}/api/threads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Kept', createdBy: 1 }),
  });
  assert.equal(answer.status, 201);
  return z.string().parse(answer.headers.get('location'));
};

describe('the containers', () => {
  for (const component of components) {
    it(`end ${component} in order when told to`, async () => {
      await compose('stop', component);
      // 0: it drained and ended by itself; 137 would be a kill after the grace period
      assert.equal(await inspect(component, '{{.State.ExitCode}}'), '0');
      await compose('start', component);
      await compose('up', '--wait', '--no-build', component);
    });
  }

  it('keep data and credentials when they are removed and made again', async () => {
    const kept = [monolith + (await newThread(monolith)), microservices + (await newThread(microservices))];
    await compose('down');
    await compose('up', '--wait');
    for (const url of kept) assert.equal((await fetch(url)).status, 200);
  });

  it('start for nobody who has lost a credential, and say so in one sentence', async () => {
    await compose('down');
    await compose('run', '--rm', '--no-deps', '-T', 'users-credentials', 'rm', '/credentials/app/url');
    await assert.rejects(compose('up', '--wait', 'users'), /users-credentials.* exit/);
    const said = await compose('logs', '--no-log-prefix', '--no-color', 'users-credentials');
    assert.match(
      stripVTControlCharacters(said),
      /^users-db has data, but its credentials are gone \(app\): [^.]+\.$/,
    );
    assert.equal(await compose('ps', '--quiet', 'users'), '');
  });

  it('start again from nothing when the rest is removed too', async () => {
    await compose('down', '--volumes');
    await compose('up', '--wait', 'users');
    assert.equal(await sql('users-db', 'users', 'select count(*) from users.users where id = 1'), '1');
  });
});
