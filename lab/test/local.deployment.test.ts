import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { until } from '../../test/support/until.ts';
import type { Deployment } from '../src/environments/environment.ts';
import { createLocalEnvironment } from '../src/environments/local/local-environment.ts';
import { inspect } from '../src/environments/local/processes.ts';
import { replicasOf } from '../src/faults/replicas.ts';
import { askDuring, askOften, post } from './support/requests.ts';

const environment = createLocalEnvironment({ logLevel: 'warn' });
after(() => environment.down());

const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

describe('deployments on this machine', { timeout: 120_000 }, () => {
  let copies: Deployment;
  let shared: Deployment;
  before(async () => {
    await environment.up(['monolith-replicated', 'microservices-shared-db']);
    copies = environment.deployment('monolith-replicated');
    shared = environment.deployment('microservices-shared-db');
  });

  it('are only those that were named, and all of those', async () => {
    assert.throws(() => environment.deployment('microservices'), /microservices is not up/);
    await assert.rejects(environment.up(['microservices']), /was started before/);
    const names = async (deployment: Deployment) => (await deployment.parts()).map(({ name }) => name);
    assert.deepEqual(await names(copies), ['gateway', 'monolith', 'monolith-db']);
    assert.deepEqual(await names(shared), ['gateway', 'users', 'threads', 'posts', 'shared-db']);
    assert.deepEqual([copies.serving('posts'), copies.databaseOf('posts')], ['monolith', 'monolith-db']);
    assert.deepEqual([shared.serving('posts'), shared.databaseOf('posts')], ['posts', 'shared-db']);
  });

  it('share the requests among three copies', async () => {
    const { statuses, by } = await askOften(`${copies.baseUrl}/api/posts`, 12);
    assert.deepEqual([...statuses], [200]);
    const instances = (await replicasOf(copies, 'monolith')).map(({ instance }) => instance);
    assert.deepEqual([...by].sort(), instances.sort());
    assert.equal(by.size, 3);
  });

  it('go on with two copies while one is killed, until it is restored', async () => {
    await copies.kill('monolith');
    const [killed] = await replicasOf(copies, 'monolith');
    assert.equal(killed?.pid, undefined);
    const { statuses, by } = await askOften(`${copies.baseUrl}/api/posts`, 12);
    assert.deepEqual([[...statuses], by.size], [[200], 2]);
    await copies.restore('monolith');
    await until('three copies answer', async () => {
      return (await askOften(`${copies.baseUrl}/api/posts`, 6)).by.size === 3;
    });
  });

  it('lose nothing but their database while it is killed', async () => {
    const made = await post(`${shared.baseUrl}/api/users`, { username: 'kept', name: 'Kept', bio: '' });
    const [{ pid } = assert.fail('there is no shared-db')] = await replicasOf(shared, 'shared-db');
    await shared.kill('shared-db');
    assert.equal(await inspect(pid ?? 0), undefined);
    assert.equal(await statusOf(`${shared.baseUrl}/api/users`), 503);
    assert.equal((await replicasOf(shared, 'shared-db'))[0]?.pid, undefined, 'it stayed down');
    await shared.restore('shared-db');
    const path = made.headers.get('location');
    await until('the user is answered', async () => (await statusOf(`${shared.baseUrl}${path}`)) === 200);
  });

  it('hang with their database, backends included, until it is resumed', async () => {
    await shared.pause('shared-db');
    const status = await statusOf(`${shared.baseUrl}/api/users`);
    await shared.resume('shared-db');
    assert.ok(status >= 500, `${status}`);
    await until('users are answered', async () => (await statusOf(`${shared.baseUrl}/api/users`)) === 200);
  });

  it('hang with a service until it is resumed, and the others go on', async () => {
    await shared.pause('posts');
    const statuses = await Promise.all(
      ['posts', 'users'].map((name) => statusOf(`${shared.baseUrl}/api/${name}`)),
    );
    await shared.resume('posts');
    assert.deepEqual(statuses, [504, 200]);
  });

  it('wait for a lock on one table, and for no other', async () => {
    const release = await shared.lock('posts');
    const statuses = await Promise.all(
      ['posts', 'users'].map((name) => statusOf(`${shared.baseUrl}/api/${name}`)),
    );
    await release();
    assert.deepEqual(statuses, [504, 200]);
    await until('posts are answered', async () => (await statusOf(`${shared.baseUrl}/api/posts`)) === 200);
  });

  it('tell when a lock was lost before it was let go', async () => {
    const release = await shared.lock('posts');
    await shared.restart('shared-db');
    await assert.rejects(release());
  });

  it('grow and shrink, and peers find the new replicas, too', async () => {
    const made = await post(`${shared.baseUrl}/api/users`, { username: 'peer', name: 'P', bio: '' });
    const user = z.object({ id: z.number() }).parse(await made.json());
    await shared.scale('users', 2);
    const { by } = await askOften(`${shared.baseUrl}/api/users`, 6);
    assert.deepEqual([...by].sort(), ['users', 'users-2']);
    await shared.kill('users');
    const thread = { title: 'By a peer', createdBy: user.id };
    await until('threads finds the author', async () => {
      return (await post(`${shared.baseUrl}/api/threads`, thread)).status === 201;
    });
    await shared.restore('users');
    await shared.scale('users', 1);
    const left = await askOften(`${shared.baseUrl}/api/users`, 6);
    assert.deepEqual([[...left.statuses], left.by.size], [[200], 1]);
    assert.equal((await replicasOf(shared, 'users')).length, 1);
  });

  it('roll a version out without a failed request', async () => {
    const before = (await replicasOf(shared, 'posts')).map(({ pid }) => pid);
    const rollout = shared.deploy('posts', { name: 'v2', env: { LOG_LEVEL: 'error' } }, 10_000);
    const seen = await askDuring(`${shared.baseUrl}/api/posts`, rollout);
    assert.equal((await rollout).outcome, 'deployed');
    assert.deepEqual([...seen.keys()], [200]);
    const [now] = await replicasOf(shared, 'posts');
    assert.ok(now?.pid && !before.includes(now.pid));
    const level = await shared.probe('posts', 'console.log(JSON.stringify(process.env.LOG_LEVEL))');
    assert.equal(level, 'error');
  });

  it('take a version back that does not become ready, without a failed request', async () => {
    const rollout = shared.deploy('posts', { name: 'broken', env: { DATABASE_POOL: 'none' } }, 5_000);
    const seen = await askDuring(`${shared.baseUrl}/api/posts`, rollout);
    assert.equal((await rollout).outcome, 'rolled back');
    assert.deepEqual([...seen.keys()], [200]);
    assert.equal((await replicasOf(shared, 'posts')).length, 1);
  });

  it('restart every replica', async () => {
    const before = (await replicasOf(copies, 'monolith')).map(({ pid }) => pid);
    await copies.restart('monolith');
    const now = (await replicasOf(copies, 'monolith')).map(({ pid }) => pid);
    assert.equal(new Set([...before, ...now]).size, 6);
  });

  it('start a replica again whose leak has reached its limit', async () => {
    const [{ pid } = assert.fail('there are no posts')] = await replicasOf(shared, 'posts');
    await shared.control('posts', 'POST', '/faults/leak', { bytesPerSecond: 1e9 });
    await until('another process runs', async () => {
      return ![pid, undefined].includes((await replicasOf(shared, 'posts'))[0]?.pid);
    });
    await shared.restore('posts');
    assert.equal(await statusOf(`${shared.baseUrl}/api/posts`), 200);
  });

  it('answer at the control port of every replica, each with its own token', async () => {
    const status = await copies.control('monolith', 'GET', '/status');
    assert.equal(status.length, 3);
    await assert.rejects(copies.control('gateway', 'GET', '/nothing'), /GET \/nothing was answered by 404/);
    const token = 'console.log(JSON.stringify(process.env.CONTROL_TOKEN))';
    assert.notEqual(await shared.probe('users', token), await shared.probe('posts', token));
  });

  it('tell what every replica has used, and the connections of a server', async () => {
    const usage = await copies.usage();
    const replicas = (await copies.parts()).flatMap((part) => part.replicas.map(({ id }) => id));
    assert.deepEqual(
      usage.map(({ replica }) => replica),
      replicas,
    );
    for (const { cpuSeconds, memoryBytes } of usage) assert.ok(cpuSeconds > 0 && memoryBytes > 2 ** 20);
    await askOften(`${copies.baseUrl}/api/posts`, 6);
    const connections = await copies.connections('monolith-db');
    assert.ok(connections >= 3 && connections <= 12, `${connections}`);
  });

  it('run a probe as a component: with its role, its peers and its packages', async () => {
    const source = `import pg from 'pg';
      const client = new pg.Client(process.env.DATABASE_URL);
      await client.connect();
      const { rows } = await client.query('select current_user as role, current_database() as database');
      await client.end();
      const { status } = await fetch(process.env.USERS_URL + '/api/users');
      console.log(JSON.stringify({ ...rows[0], status }));`;
    assert.deepEqual(await shared.probe('posts', source), {
      role: 'posts_app',
      database: 'posts',
      status: 200,
    });
    await assert.rejects(shared.probe('posts', 'throw new Error("lost")'), /wrote no JSON.*lost/s);
  });
});
