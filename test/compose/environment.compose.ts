// The `compose` environment of the lab on the two controls, in projects of their own.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { read } from '../../lab/src/environments/compose/command.ts';
import { createComposeEnvironment } from '../../lab/src/environments/compose/compose-environment.ts';
import type { Deployment } from '../../lab/src/environments/environment.ts';
import { replicasOf } from '../../lab/src/faults/replicas.ts';
import { assertUsed, instancesOf } from '../support/deployment.ts';
import { until } from '../support/until.ts';
import { limitsOf } from './limits.ts';
import { during, servedBy, statusOf } from './requests.ts';

const reported: string[] = [];
const environment = createComposeEnvironment({ report: (sentence) => reported.push(sentence) });
let copies: Deployment;
let shared: Deployment;

before(async () => {
  await environment.up(['monolith-replicated', 'microservices-shared-db']);
  copies = environment.deployment('monolith-replicated');
  shared = environment.deployment('microservices-shared-db');
});
after(() => environment.down());

describe('each control', () => {
  it('has the budget of the topologies that it controls', async () => {
    for (const deployment of [copies, shared]) {
      assert.deepEqual(await limitsOf(deployment), {
        code: { cpus: 2, mebibytes: 1_024, connections: 12 },
        databases: { cpus: 1.5, mebibytes: 768, connections: 0 },
      });
    }
  });

  it('answers, the copies all of them', async () => {
    assert.equal(await statusOf(`${shared.baseUrl}/api/threads/1/discussion`), 200);
    const names = await servedBy(`${copies.baseUrl}/api/threads/1/discussion`, 30);
    assert.deepEqual(names, await instancesOf(copies, 'monolith'));
    assert.equal(names.size, 3);
  });

  it('tells where code and tables of a module are', () => {
    assert.deepEqual([copies.serving('posts'), copies.databaseOf('posts')], ['monolith', 'monolith-db']);
    assert.deepEqual([shared.serving('posts'), shared.databaseOf('posts')], ['posts', 'shared-db']);
  });
});

describe('a container', () => {
  it('stays down when killed, in spite of its restart policy, until it is restored', async () => {
    await shared.kill('posts');
    assert.notEqual(await statusOf(`${shared.baseUrl}/api/posts`), 200);
    await copies.restart('monolith'); // takes longer than Docker would
    assert.equal((await replicasOf(shared, 'posts'))[0]?.pid, undefined);
    assert.equal(await statusOf(`${shared.baseUrl}/api/users`), 200);
    await shared.restore('posts');
    await until('posts answers', async () => (await statusOf(`${shared.baseUrl}/api/posts`)) === 200);
  });

  it('stands still when paused, until it is resumed', async () => {
    await shared.pause('users');
    assert.notEqual(await statusOf(`${shared.baseUrl}/api/users`), 200);
    await shared.resume('users');
    await until('users answers', async () => (await statusOf(`${shared.baseUrl}/api/users`)) === 200);
    await assert.rejects(shared.resume('users'), /did not stay paused/);
  });

  it('comes back by itself when it leaks memory until its limit, and that is told', async () => {
    const [before] = await replicasOf(shared, 'threads');
    await shared.control('threads', 'POST', '/faults/leak', { bytesPerSecond: 200e6 });
    await until('threads was started again', async () => {
      const [now] = await replicasOf(shared, 'threads');
      return now?.pid !== undefined && now.pid !== before?.pid;
    });
    await shared.restore('threads'); // it is not down: this waits until it is ready
    assert.match(reported.join('\n'), /threads-1 ended \(.+\): Docker starts it again\./);
  });

  it('of a database takes its modules down, and brings them back', async () => {
    await shared.kill('shared-db');
    for (const path of ['users', 'posts']) {
      assert.notEqual(await statusOf(`${shared.baseUrl}/api/${path}`), 200);
    }
    await shared.restore('shared-db');
    for (const path of ['users', 'posts']) {
      await until(`${path} answers`, async () => (await statusOf(`${shared.baseUrl}/api/${path}`)) === 200);
    }
  });
});

describe('a deployment', () => {
  it('runs as many replicas as it is told to, the gateway sending to all', async () => {
    for (const replicas of [2, 1]) {
      await shared.scale('posts', replicas);
      const names = await servedBy(`${shared.baseUrl}/api/posts`, 20);
      assert.equal(names.size, replicas);
      assert.deepEqual(names, await instancesOf(shared, 'posts'));
    }
    await assert.rejects(shared.scale('gateway', 2), /owns the port/);
  });

  it('takes a new version without a failed request', async () => {
    const version = { name: 'v2', env: { LOG_LEVEL: 'error' } };
    const counts = await during(copies.baseUrl, async () => {
      assert.equal((await copies.deploy('monolith', version, 30_000)).outcome, 'deployed');
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    assert.equal((await replicasOf(copies, 'monolith')).length, 3);
    assert.equal(await copies.probe('monolith', level), 'error');
  });

  it('takes a version back that is not ready in time, and keeps what ran', async () => {
    const version = { name: 'broken', env: { LOG_LEVEL: 'warn', DATABASE_POOL: 'none' } };
    const before = await instancesOf(copies, 'monolith');
    const counts = await during(copies.baseUrl, async () => {
      assert.equal((await copies.deploy('monolith', version, 3_000)).outcome, 'rolled back');
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    assert.deepEqual(await instancesOf(copies, 'monolith'), before);
    assert.equal(await copies.probe('monolith', level), 'error');
  });

  it('stops first what owns the port', async () => {
    const version = { name: 'v2', env: { LOG_LEVEL: 'error' } };
    assert.equal((await shared.deploy('gateway', version, 30_000)).outcome, 'deployed');
    assert.equal(await shared.probe('gateway', level), 'error');
    assert.equal(await statusOf(`${shared.baseUrl}/api/posts`), 200);
  });

  it('asks the control port of every replica', async () => {
    const answers = await copies.control('monolith', 'GET', '/status');
    assert.equal(answers.length, 3);
    await assert.rejects(copies.control('monolith', 'POST', '/no/such'), /answered 404/);
  });

  it('holds a lock on one module until it is released', async () => {
    const release = await shared.lock('posts');
    assert.notEqual(await statusOf(`${shared.baseUrl}/api/posts`), 200);
    assert.equal(await statusOf(`${shared.baseUrl}/api/users`), 200);
    await release();
    await until('posts answers', async () => (await statusOf(`${shared.baseUrl}/api/posts`)) === 200);
  });

  it('counts what each replica used', async () => {
    await assertUsed(copies, 5, () => servedBy(`${copies.baseUrl}/api/posts`, 60));
  });

  it('counts the connections of a database', async () => {
    const connections = await shared.connections('shared-db');
    assert.ok(connections >= 1 && connections <= 12, `there are ${connections}`);
  });

  it("runs a probe with the component's own user", async () => {
    const found = await shared.probe(
      'posts',
      'console.log(JSON.stringify([process.getuid(), process.cwd()]));',
    );
    assert.deepEqual(found, [1000, '/app/services/posts']);
    await assert.rejects(shared.probe('posts', "throw new Error('no such asset');"), /no such asset/);
  });
});

describe('the end of the environment', () => {
  it('leaves no container, network or volume', async () => {
    const [{ id = '' } = {}] = await replicasOf(shared, 'gateway');
    const run = /^cleave-lab-[0-9a-f]+/.exec(id)?.[0] ?? 'none';
    await environment.down();
    for (const list of ['container ls --all', 'network ls', 'volume ls']) {
      const left = await read('docker', [...list.split(' '), '--quiet', '--filter', `name=${run}`]);
      assert.equal(left, '', list);
    }
  });
});

const level = 'console.log(JSON.stringify(process.env.LOG_LEVEL));';
