// The `swarm` environment of the lab: each verb on the microservices.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Deployment } from '../../lab/src/environments/environment.ts';
import { findLeftovers } from '../../lab/src/environments/swarm/leftovers.ts';
import { createSwarmEnvironment } from '../../lab/src/environments/swarm/swarm-environment.ts';
import { replicasOf } from '../../lab/src/faults/replicas.ts';
import { servedBy, statusOf } from '../compose/requests.ts';
import { instancesOf } from '../support/deployment.ts';
import { until } from '../support/until.ts';

const reported: string[] = [];
const environment = createSwarmEnvironment({ report: (sentence) => reported.push(sentence) });
let services: Deployment;
let nodes = 0;

before(async () => {
  await environment.up(['microservices']);
  services = environment.deployment('microservices');
  nodes = (await environment.swarm().nodes()).length;
});
after(() => environment.down());

const answers = (what: string, url: string) => until(what, async () => (await statusOf(url)) === 200, 60);

describe('a stack', () => {
  it('answers', async () => {
    assert.equal(await statusOf(`${services.baseUrl}/api/threads/1/discussion`), 200);
  });

  it('tells where code and tables of a module are', () => {
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

  it('takes back what is not ready in time', async () => {
    const version = { name: 'unready', env: { FAULTS: 'on', VERSION_FAULT: 'unready' } };
    const { outcome, seconds } = await services.deploy('posts', version, 6_000);
    assert.equal(outcome, 'rolled back');
    assert.ok(seconds >= 6, `it was given ${seconds} s`);
    assert.equal(await statusOf(`${services.baseUrl}/api/posts`), 200);
  });

  it('asks the control port of every replica', async () => {
    assert.equal((await services.control('gateway', 'GET', '/status')).length, nodes);
    await assert.rejects(services.control('users', 'POST', '/no/such'), /answered 404/);
  });

  it('holds a lock on one module until it is released', async () => {
    const release = await services.lock('posts');
    assert.notEqual(await statusOf(`${services.baseUrl}/api/posts`), 200);
    assert.equal(await statusOf(`${services.baseUrl}/api/users`), 200);
    await release();
    await answers('posts answers', `${services.baseUrl}/api/posts`);
  });

  it('counts what each replica used, and the connections of a database', async () => {
    const before = await services.usage();
    await servedBy(`${services.baseUrl}/api/posts`, 60);
    for (const used of (await services.usage()).filter(({ part }) => part === 'posts')) {
      const earlier = before.find(({ replica }) => replica === used.replica);
      assert.ok(used.cpuSeconds > (earlier?.cpuSeconds ?? Infinity), `${used.replica}: CPU`);
      assert.ok((used.sentBytes ?? 0) > (earlier?.sentBytes ?? Infinity), `${used.replica}: bytes`);
    }
    const connections = await services.connections('posts-db');
    assert.ok(connections >= 1 && connections <= 4, `there are ${connections}`);
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
