import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { after, describe, it } from 'node:test';
import type { Engine } from '../src/environments/compose/engine.ts';
import { requireEmulator } from '../src/environments/ecs/config.ts';
import { clusterLabel, componentLabel, containersOf } from '../src/environments/ecs/containers.ts';
import { kill } from '../src/environments/ecs/faults.ts';
import { haveOneImage, type Site, serves } from '../src/environments/ecs/site.ts';
import { allTopologies, type ServiceName, topologiesIn } from '../src/environments/environment.ts';

interface Given {
  id: string;
  created: number;
  labels: Record<string, string>;
  running?: boolean;
  image?: string;
  inMemory?: boolean;
}

const task = (id: string, component: string, more: Partial<Given> = {}): Given => ({
  id,
  created: 1,
  labels: {
    [clusterLabel]: 'arn:aws:ecs:eu-west-1:000000000000:cluster/lab-1-s',
    [componentLabel]: component,
  },
  ...more,
});

/** An engine with these containers, and what was asked of it. */
const engineWith = (given: Given[]): Engine & { posted: string[] } => {
  const posted: string[] = [];
  const inspected = ({ id, labels, running = true, image = 'r/lab-1-s/posts:1', inMemory }: Given) => ({
    Id: id,
    Name: `/${id}-name`,
    Config: { Hostname: `${id}-host`, Image: image, Labels: labels },
    State: { Running: running, Restarting: false, Paused: false, Pid: running ? 7 : 0 },
    NetworkSettings: { Networks: {} },
    HostConfig: { Tmpfs: inMemory ? { '/var/lib/postgresql': 'rw' } : null },
  });
  return {
    posted,
    async get(path) {
      const { pathname, searchParams } = new URL(path, 'http://engine');
      const id = /^\/containers\/(.+)\/json$/.exec(pathname)?.[1];
      const one = given.find((each) => each.id === id);
      if (one) return inspected(one);
      const { label } = JSON.parse(searchParams.get('filters') ?? '{}');
      return given
        .filter(({ labels }) => label[0] in labels)
        .map((each) => ({ Id: each.id, Created: each.created, Labels: each.labels }));
    },
    async post(path) {
      posted.push(path);
      const killed = given.find(({ id }) => path === `/containers/${id}/kill`);
      if (killed) killed.running = false;
    },
    order: async () => undefined,
    remove: async () => undefined,
    follow: async () => () => undefined,
  };
};

const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
});

const serverWith = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.closeAllConnections());
  closing.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return `http://127.0.0.1:${address.port}`;
};

const siteWith = (engine: Engine, baseUrl: string, tasks: number): Site => ({
  topology: 'microservices',
  name: 'lab-1-s',
  baseUrl,
  engine,
  aws: async () => '',
  wanted: new Map<ServiceName, number>([['posts', tasks]]),
});

describe('the containers of a site', () => {
  it('are those of its own tasks that run, the oldest first', async () => {
    const engine = engineWith([
      task('b', 'posts', { created: 2 }),
      task('a', 'posts'),
      task('ended', 'posts', { running: false }),
      task('u', 'users'),
      {
        ...task('other', 'posts'),
        labels: { ...task('x', 'posts').labels, [clusterLabel]: 'arn:cluster/lab-1-m' },
      },
    ]);
    const found = await containersOf(engine, 'lab-1-s', 'posts');
    assert.deepEqual(
      found.map(({ id }) => id),
      ['a', 'b'],
    );
  });

  it('are its databases, also one that is down', async () => {
    const database = (id: string, db_id: string): Given => ({
      id,
      created: 1,
      labels: { db_id },
      running: false,
    });
    const engine = engineWith([
      database('d', 'lab-1-s-data-posts-instance-1'),
      database('e', 'lab-1-s-data-users-instance-1'),
      database('f', 'lab-1-m-data-posts-instance-1'),
    ]);
    const found = await containersOf(engine, 'lab-1-s', 'posts-db');
    assert.deepEqual(
      found.map(({ id, isRunning }) => [id, isRunning]),
      [['d', false]],
    );
  });
});

describe('a component on ECS', () => {
  it('serves when each of its tasks has answered through the load balancer, and no sooner', async () => {
    let asked = 0;
    const baseUrl = await serverWith((request, response) => {
      asked += 1;
      assert.equal(request.headers['x-cleave-component'], 'posts');
      // the second task is taken in late
      const who = asked > 20 && asked % 2 === 0 ? 'b-host' : 'a-host';
      response.writeHead(200, { 'x-served-by': who }).end();
    });
    await serves(siteWith(engineWith([task('a', 'posts'), task('b', 'posts')]), baseUrl, 2), 'posts');
    assert.ok(asked > 20);
  });

  it('does not serve while a task too many is there', async () => {
    const given = [task('a', 'posts'), task('b', 'posts')];
    let asked = 0;
    const engine = engineWith(given);
    const get = engine.get;
    engine.get = async (path) => {
      asked += 1;
      if (asked > 9) given.length = 1;
      return get(path);
    };
    const baseUrl = await serverWith((_, response) => {
      assert.equal(given.length, 1);
      response.writeHead(200, { 'x-served-by': 'a-host' }).end();
    });
    await serves(siteWith(engine, baseUrl, 1), 'posts');
  });

  it('has one image when the tasks of the version before have ended', async () => {
    const given = [task('a', 'posts', { image: 'r/posts:1' }), task('b', 'posts', { image: 'r/posts:2' })];
    const engine = engineWith(given);
    const get = engine.get;
    let looks = 0;
    engine.get = async (path) => {
      if (path.startsWith('/containers/json')) looks += 1;
      if (looks > 2) given.splice(0, given.length, task('b', 'posts', { image: 'r/posts:2' }));
      return get(path);
    };
    await haveOneImage(engine, 'lab-1-s', 'posts');
    assert.equal(looks, 3);
  });
});

describe('a kill on ECS', () => {
  it('is one of the oldest task', async () => {
    const engine = engineWith([task('a', 'posts'), task('b', 'posts', { created: 2 })]);
    await kill(siteWith(engine, 'http://nobody', 2), 'posts');
    assert.deepEqual(engine.posted, ['/containers/a/kill']);
  });

  it('is refused for a database that would lose its data', async () => {
    const database = {
      id: 'd',
      created: 1,
      labels: { db_id: 'lab-1-s-data-posts-instance-1' },
      inMemory: true,
    };
    const engine = engineWith([database]);
    await assert.rejects(kill(siteWith(engine, 'http://nobody', 1), 'posts-db'), /RDS_PERSIST=1/);
    assert.deepEqual(engine.posted, []);
  });
});

describe('the ecs environment', () => {
  it('wants an emulator on this machine', () => {
    requireEmulator({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' });
    for (const env of [{}, { AWS_ENDPOINT_URL: 'https://ecs.eu-west-1.amazonaws.com' }])
      assert.throws(() => requireEmulator(env), /needs an emulator/);
  });

  it('runs all topologies but the one whose services share a server of their own', () => {
    const missing = allTopologies.filter((topology) => !topologiesIn('ecs').includes(topology));
    assert.deepEqual(missing, ['microservices-shared-db']);
    assert.deepEqual(topologiesIn('compose'), [...allTopologies]);
  });
});
