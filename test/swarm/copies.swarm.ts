// Rollouts on Swarm, of three copies of the monolith behind the gateway.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Deployment } from '../../lab/src/environments/environment.ts';
import { createSwarmEnvironment } from '../../lab/src/environments/swarm/swarm-environment.ts';
import { during, servedBy } from '../compose/requests.ts';

const environment = createSwarmEnvironment();
let copies: Deployment;

before(async () => {
  await environment.up(['monolith-replicated']);
  copies = environment.deployment('monolith-replicated');
});
after(() => environment.down());

const replicas = async () =>
  (await copies.parts()).find(({ name }) => name === 'monolith')?.replicas.map(({ instance }) => instance) ??
  [];

describe('three copies', () => {
  it('answer all of them', async () => {
    const names = await servedBy(`${copies.baseUrl}/api/threads/1/discussion`, 30);
    assert.deepEqual(names, new Set(await replicas()));
    assert.equal(names.size, 3);
  });

  it('takes a new version without a failed request', async () => {
    const version = { name: 'v2', env: { LOG_LEVEL: 'error' } };
    const counts = await during(copies.baseUrl, async () => {
      assert.equal((await copies.deploy('monolith', version, 60_000)).outcome, 'deployed');
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    assert.equal((await replicas()).length, 3);
    assert.equal(await copies.probe('monolith', level), 'error');
  });

  it('has a version that ends taken back by Swarm, and keeps what ran', async () => {
    const version = { name: 'broken', env: { LOG_LEVEL: 'warn', DATABASE_POOL: 'none' } };
    const before = new Set(await replicas());
    const counts = await during(copies.baseUrl, async () => {
      assert.equal((await copies.deploy('monolith', version, 120_000)).outcome, 'rolled back');
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    const now = new Set(await replicas());
    assert.ok([...now].filter((name) => before.has(name)).length >= 2, 'two of three were never touched');
    assert.equal(await copies.probe('monolith', level), 'error');
  });
});

const level = 'console.log(JSON.stringify(process.env.LOG_LEVEL));';
