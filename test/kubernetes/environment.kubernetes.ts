// The `kubernetes` environment of the lab on the two controls, in namespaces of their own.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Deployment } from '../../lab/src/environments/environment.ts';
import { kubectl } from '../../lab/src/environments/kubernetes/kubectl.ts';
import { createKubernetesEnvironment } from '../../lab/src/environments/kubernetes/kubernetes-environment.ts';
import { replicasOf } from '../../lab/src/faults/replicas.ts';
import { during, servedBy, statusOf } from '../compose/requests.ts';
import { assertUsed, instancesOf } from '../support/deployment.ts';
import { until } from '../support/until.ts';
import { limitsOf } from './limits.ts';

const SECONDS = 120;
const reported: string[] = [];
const environment = createKubernetesEnvironment({ report: (sentence) => reported.push(sentence) });
let copies: Deployment;
let shared: Deployment;

before(async () => {
  await environment.up(['monolith-replicated', 'microservices-shared-db']);
  copies = environment.deployment('monolith-replicated');
  shared = environment.deployment('microservices-shared-db');
});
after(() => environment.down());

const answersWell = (deployment: Deployment, path: string) =>
  until(
    `${path} answers`,
    async () => (await statusOf(`${deployment.baseUrl}/api/${path}`)) === 200,
    SECONDS,
  );

describe('each control', () => {
  it('has the budget of the topologies that it controls', async () => {
    for (const topology of ['monolith-replicated', 'microservices-shared-db'] as const) {
      assert.deepEqual(await limitsOf(environment.space(topology).namespace), {
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

describe('a pod', () => {
  it('is started again when its process is killed, and replaced by a fresh one when it is restored', async () => {
    const [before] = await replicasOf(shared, 'posts');
    await shared.kill('posts');
    assert.notEqual(await statusOf(`${shared.baseUrl}/api/posts`), 200);
    assert.equal(await statusOf(`${shared.baseUrl}/api/users`), 200);
    await until(
      'posts was started again',
      async () => {
        const [now] = await replicasOf(shared, 'posts');
        return now?.id === before?.id && now?.pid !== undefined && now.pid !== before?.pid;
      },
      SECONDS,
    );
    await shared.restore('posts');
    const [fresh] = await replicasOf(shared, 'posts');
    assert.notEqual(fresh?.id, before?.id);
    await answersWell(shared, 'posts');
    assert.match(reported.join('\n'), /posts-\S+ ended \(.+\): Kubernetes starts it again\./);
  });

  it('stands still when paused, until it is resumed', async () => {
    await shared.pause('users');
    assert.notEqual(await statusOf(`${shared.baseUrl}/api/users`), 200);
    await shared.resume('users');
    await answersWell(shared, 'users');
    await assert.rejects(shared.resume('users'), /did not stay paused/);
  });

  it('is started again when it leaks memory until its limit', async () => {
    const [before] = await replicasOf(shared, 'threads');
    await shared.control('threads', 'POST', '/faults/leak', { bytesPerSecond: 200e6 });
    await until(
      'threads was started again',
      async () => {
        const [now] = await replicasOf(shared, 'threads');
        return now?.pid !== undefined && now.pid !== before?.pid;
      },
      SECONDS,
    );
    await shared.restore('threads');
    assert.match(reported.join('\n'), /threads-\S+ ended \(.+\): Kubernetes starts it again\./);
  });

  it('of a database takes its modules down, and brings them back', async () => {
    await shared.kill('shared-db');
    for (const path of ['users', 'posts'])
      assert.notEqual(await statusOf(`${shared.baseUrl}/api/${path}`), 200);
    await shared.restore('shared-db');
    for (const path of ['users', 'posts']) await answersWell(shared, path);
  });

  it('is replaced when its component is restarted', async () => {
    const before = await instancesOf(copies, 'monolith');
    await copies.restart('monolith');
    const now = await instancesOf(copies, 'monolith');
    assert.equal(now.size, 3);
    assert.equal([...now].filter((name) => before.has(name)).length, 0);
  });
});

describe('a deployment', () => {
  it('runs as many replicas as it is told to, the gateway sending to all, and no request fails', async () => {
    const counts = await during(shared.baseUrl, async () => {
      for (const replicas of [2, 1]) {
        await shared.scale('posts', replicas);
        const names = await servedBy(`${shared.baseUrl}/api/posts`, 20);
        assert.equal(names.size, replicas);
        assert.deepEqual(names, await instancesOf(shared, 'posts'));
      }
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
  });

  it('takes a new version without a failed request', async () => {
    const version = { name: 'v2', env: { LOG_LEVEL: 'error' } };
    const counts = await during(copies.baseUrl, async () => {
      assert.equal((await copies.deploy('monolith', version, 60_000)).outcome, 'deployed');
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    assert.equal((await replicasOf(copies, 'monolith')).length, 3);
    assert.equal(await copies.probe('monolith', level), 'error');
  });

  it('takes a version back that is not ready in time, and keeps what ran', async () => {
    const version = { name: 'broken', env: { LOG_LEVEL: 'warn', DATABASE_POOL: 'none' } };
    const before = await instancesOf(copies, 'monolith');
    const counts = await during(copies.baseUrl, async () => {
      assert.equal((await copies.deploy('monolith', version, 8_000)).outcome, 'rolled back');
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    assert.deepEqual(await instancesOf(copies, 'monolith'), before);
    assert.equal(await copies.probe('monolith', level), 'error');
  });

  it('replaces its entrance without a failed request', async () => {
    const version = { name: 'v2', env: { LOG_LEVEL: 'error' } };
    const counts = await during(shared.baseUrl, async () => {
      assert.equal((await shared.deploy('gateway', version, 60_000)).outcome, 'deployed');
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    assert.equal(await shared.probe('gateway', level), 'error');
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
    await answersWell(shared, 'posts');
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
    assert.deepEqual(found, [10_001, '/app/services/posts']);
    await assert.rejects(shared.probe('posts', "throw new Error('no such asset');"), /no such asset/);
  });
});

describe('the end of the environment', () => {
  it('leaves no namespace and no volume', async () => {
    const { prefix } = environment;
    await environment.down();
    for (const kind of ['namespaces', 'persistentvolumes']) {
      const left = await kubectl(['get', kind, '--output=json']);
      assert.equal(left.includes(prefix), false, kind);
    }
  });
});

const level = 'console.log(JSON.stringify(process.env.LOG_LEVEL));';
