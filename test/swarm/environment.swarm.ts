// The `swarm` environment of the lab: each verb on two topologies.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Deployment, PartName } from '../../lab/src/environments/environment.ts';
import { findLeftovers } from '../../lab/src/environments/swarm/leftovers.ts';
import { createSwarmEnvironment } from '../../lab/src/environments/swarm/swarm-environment.ts';
import { during, servedBy, statusOf } from '../compose/requests.ts';
import { until } from '../support/until.ts';

const reported: string[] = [];
const environment = createSwarmEnvironment({ report: (sentence) => reported.push(sentence) });
let copies: Deployment;
let services: Deployment;

before(async () => {
  await environment.up(['monolith-replicated', 'microservices']);
  copies = environment.deployment('monolith-replicated');
  services = environment.deployment('microservices');
});
after(() => environment.down());

const replicasOf = async (deployment: Deployment, name: PartName) => {
  const part = (await deployment.parts()).find((each) => each.name === name);
  assert.ok(part, `there is no ${name}`);
  return part.replicas;
};
const instancesOf = async (deployment: Deployment, name: PartName) =>
  new Set((await replicasOf(deployment, name)).map(({ instance }) => instance));
const answers = (what: string, url: string) => until(what, async () => (await statusOf(url)) === 200, 60);

describe('a stack', () => {
  it('answers, the copies all of them', async () => {
    assert.equal(await statusOf(`${services.baseUrl}/api/threads/1/discussion`), 200);
    const names = await servedBy(`${copies.baseUrl}/api/threads/1/discussion`, 30);
    assert.deepEqual(names, await instancesOf(copies, 'monolith'));
    assert.equal(names.size, 3);
  });

  it('tells where code and tables of a module are', () => {
    assert.deepEqual([copies.serving('posts'), copies.databaseOf('posts')], ['monolith', 'monolith-db']);
    assert.deepEqual([services.serving('posts'), services.databaseOf('posts')], ['posts', 'posts-db']);
  });
});

describe('a replica', () => {
  it('is replaced when it is killed', async () => {
    const [before] = await replicasOf(services, 'posts');
    await services.kill('posts');
    await services.restore('posts');
    const [now] = await replicasOf(services, 'posts');
    assert.notEqual(now?.id, before?.id);
    assert.equal(await statusOf(`${services.baseUrl}/api/posts`), 200);
  });

  it('stands still when paused, until it is resumed', async () => {
    await services.pause('users');
    assert.notEqual(await statusOf(`${services.baseUrl}/api/users`), 200);
    await services.resume('users');
    await answers('users answers', `${services.baseUrl}/api/users`);
    await assert.rejects(services.resume('users'), /was paused/);
  });

  it('is replaced when it leaks memory until its limit, and that is told', async () => {
    const [before] = await replicasOf(services, 'threads');
    await services.control('threads', 'POST', '/faults/leak', { bytesPerSecond: 200e6 });
    await until(
      'threads was started again',
      async () => {
        const [now] = await replicasOf(services, 'threads');
        return now?.pid !== undefined && now.id !== before?.id;
      },
      60,
    );
    await services.restore('threads');
    assert.match(reported.join('\n'), /_threads\.1\..+ ended \(.+\): Swarm starts another one\./);
  });

  it('of a database takes its module down, killed or paused, and brings it back', async () => {
    await services.kill('posts-db');
    await services.restore('posts-db');
    await answers('posts answers', `${services.baseUrl}/api/posts`);
    await services.pause('posts-db');
    assert.notEqual(await statusOf(`${services.baseUrl}/api/posts`), 200);
    assert.equal(await statusOf(`${services.baseUrl}/api/users`), 200);
    await services.resume('posts-db');
    await answers('posts answers', `${services.baseUrl}/api/posts`);
  });

  it('starts again when it is restarted', async () => {
    const before = await instancesOf(services, 'users');
    await services.restart('users');
    const now = await instancesOf(services, 'users');
    assert.equal(now.size, before.size);
    for (const name of now) assert.ok(!before.has(name));
  });
});

describe('a deployment', () => {
  it('runs as many replicas as it is told to, the gateways sending to all', async () => {
    for (const replicas of [3, 1]) {
      await services.scale('posts', replicas);
      const names = await servedBy(`${services.baseUrl}/api/posts`, 24);
      assert.equal(names.size, replicas);
      assert.deepEqual(names, await instancesOf(services, 'posts'));
    }
    await assert.rejects(services.scale('gateway', 2), /owns a port/);
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

  it('has a version that ends taken back by Swarm, and keeps what ran', async () => {
    const version = { name: 'broken', env: { LOG_LEVEL: 'warn', DATABASE_POOL: 'none' } };
    const before = await instancesOf(copies, 'monolith');
    const counts = await during(copies.baseUrl, async () => {
      assert.equal((await copies.deploy('monolith', version, 120_000)).outcome, 'rolled back');
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    const now = await instancesOf(copies, 'monolith');
    assert.ok([...now].filter((name) => before.has(name)).length >= 2, 'two of three were never touched');
    assert.equal(await copies.probe('monolith', level), 'error');
  });

  it('takes back what is not ready in time', async () => {
    const version = { name: 'unready', env: { FAULTS: 'on', VERSION_FAULT: 'unready' } };
    const { outcome, seconds } = await services.deploy('posts', version, 6_000);
    assert.equal(outcome, 'rolled back');
    assert.ok(seconds >= 6, `it was given ${seconds} s`);
    assert.equal(await statusOf(`${services.baseUrl}/api/posts`), 200);
  });

  it('asks the control port of every replica', async () => {
    const answered = await copies.control('monolith', 'GET', '/status');
    assert.equal(answered.length, 3);
    await assert.rejects(copies.control('monolith', 'POST', '/no/such'), /answered 404/);
  });

  it('holds a lock on one module until it is released', async () => {
    const release = await services.lock('posts');
    assert.notEqual(await statusOf(`${services.baseUrl}/api/posts`), 200);
    assert.equal(await statusOf(`${services.baseUrl}/api/users`), 200);
    await release();
    await answers('posts answers', `${services.baseUrl}/api/posts`);
  });

  it('counts what each replica used, and the connections of a database', async () => {
    const before = await copies.usage();
    await servedBy(`${copies.baseUrl}/api/posts`, 60);
    for (const used of (await copies.usage()).filter(({ part }) => part === 'monolith')) {
      const earlier = before.find(({ replica }) => replica === used.replica);
      assert.ok(used.cpuSeconds > (earlier?.cpuSeconds ?? Infinity), `${used.replica}: CPU`);
      assert.ok((used.sentBytes ?? 0) > (earlier?.sentBytes ?? Infinity), `${used.replica}: bytes`);
    }
    const connections = await copies.connections('monolith-db');
    assert.ok(connections >= 1 && connections <= 12, `there are ${connections}`);
  });

  it("runs a probe with the component's own user", async () => {
    const source = 'console.log(JSON.stringify([process.getuid(), process.cwd()]));';
    assert.deepEqual(await services.probe('posts', source), [1000, '/app/services/posts']);
    await assert.rejects(services.probe('posts', "throw new Error('no such asset');"), /no such asset/);
  });
});

describe('the end of the environment', () => {
  it('leaves nothing on any node', async () => {
    await environment.down();
    assert.deepEqual(await findLeftovers(environment), []);
  });
});

const level = 'console.log(JSON.stringify(process.env.LOG_LEVEL));';
