import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { until } from '../support/until.ts';
import { type Databases, query, startDatabases } from './databases.ts';
import { type Faulty, startFaulty, untilFast, untilSlow } from './faulty.ts';
import { runToEnd } from './service.ts';

const nowhere = {
  DATABASE_URL: 'postgres://app:s3cret@127.0.0.1:1/none',
  USERS_URL: 'http://127.0.0.1:1',
  THREADS_URL: 'http://127.0.0.1:1',
  POSTS_URL: 'http://127.0.0.1:1',
};
const orders: [string, object][] = [
  ['/faults/block', { ms: 1, everyMs: 2 }],
  ['/faults/leak', { bytesPerSecond: 1_000 }],
  ['/faults/slow', { prefix: '/api/users', ms: 1 }],
  ['/faults/errors', { prefix: '/api/users', status: 500 }],
  ['/faults/pool', {}],
];
const owners = ['monolith', 'services/users', 'services/threads', 'services/posts'] as const;

describe('the faults of a component', () => {
  for (const owner of owners) {
    it(`are there on the control port of ${owner} with FAULTS=on only, and on no other port`, async (t) => {
      const [sound, faulty] = await Promise.all([
        startFaulty(owner, nowhere),
        startFaulty(owner, { ...nowhere, FAULTS: 'on' }),
      ]);
      t.after(() => Promise.all([sound.stop(), faulty.stop()]));
      for (const [path, body] of orders) assert.equal((await sound.order('POST', path, body)).status, 404);
      for (const method of ['GET', 'DELETE'] as const) {
        assert.equal((await sound.order(method, '/faults')).status, 404);
        assert.equal((await faulty.order(method, '/faults')).status, 200);
        assert.equal((await fetch(`${faulty.control}/faults`, { method })).status, 401);
      }
      for (const port of [faulty.url, faulty.admin]) {
        assert.equal((await fetch(`${port}/faults`)).status, 404);
        for (const [path] of orders) {
          assert.equal((await fetch(`${port}${path}`, { method: 'POST', body: '{}' })).status, 404);
        }
      }
    });
  }

  it('are refused with a reason when the order is none', async (t) => {
    const users = await startFaulty('services/users', { ...nowhere, FAULTS: 'on' });
    t.after(() => users.stop());
    const bad: [string, object][] = [
      ['/faults/block', { ms: 500, everyMs: 500 }],
      ['/faults/leak', { bytesPerSecond: '1' }],
      ['/faults/slow', { prefix: 'api', ms: 1 }],
      ['/faults/errors', { prefix: '/api/users', status: 200 }],
      ['/faults/pool', { size: 1 }],
    ];
    for (const [path, body] of bad) assert.equal((await users.order('POST', path, body)).status, 400, path);
    assert.deepEqual((await users.state('GET', '/faults')).active, {});
  });

  it('are no part of a version unless they are on: that is a sentence and exit 1', async () => {
    const env = { ...nowhere, PORT: '0', ADMIN_PORT: '0', DATABASE_POOL: '1', VERSION_FAULT: 'unready' };
    const { code, stderr } = await runToEnd('services/users', env);
    assert.deepEqual([code, stderr], [1, 'VERSION_FAULT is set and FAULTS is not on.\n']);
  });
});

describe('users, broken on purpose', () => {
  let databases: Databases;
  let users: Faulty;
  const env = () => ({ DATABASE_URL: databases.url('services/users', 'app'), FAULTS: 'on' });
  before(async () => {
    databases = await startDatabases();
    await databases.migrate('services/users');
    users = await startFaulty('services/users', env());
  });
  after(async () => {
    const { code, stderr } = await users.stop();
    await databases.server.stop();
    assert.deepEqual([code, stderr], [0, '']);
  });

  it('lets other requests wait while its event loop is blocked', async () => {
    await users.state('POST', '/faults/block', { ms: 300, everyMs: 310 });
    await untilSlow(`${users.url}/livez`, 200);
    assert.ok((await users.evidence('blocks')) > 0);
    const last = await users.state('DELETE', '/faults');
    assert.deepEqual(last.active, { block: { ms: 300, everyMs: 310 } });
    await untilFast(`${users.url}/livez`, 200, 10);
    assert.deepEqual(await users.state('GET', '/faults'), {
      active: {},
      evidence: { blocks: 0, bytesKept: 0, requestsSlowed: 0, requestsFailed: 0, connectionsHeld: 0 },
    });
  });

  it('keeps memory, and lets it go again', async () => {
    await users.state('POST', '/faults/leak', { bytesPerSecond: 10_000_000 });
    await until('bytes are kept', async () => (await users.evidence('bytesKept')) > 1_000_000);
    await users.state('DELETE', '/faults');
    assert.equal(await users.evidence('bytesKept'), 0);
  });

  it('dies of the memory that it keeps when it comes to its limit', async () => {
    const leaking = await startFaulty('services/users', {
      ...env(),
      NODE_OPTIONS: '--max-old-space-size=64',
    });
    const exited = once(leaking.process, 'exit');
    await leaking.state('POST', '/faults/leak', { bytesPerSecond: 200_000_000 });
    const [, signal] = await exited;
    assert.equal(signal, 'SIGABRT');
    assert.match((await leaking.stop()).stderr, /heap out of memory/);
  });

  it('answers a slow path late and every other at once', async () => {
    await users.state('POST', '/faults/slow', { prefix: '/api/users', ms: 600_000 });
    const slow = ['/api/users', '/api/users/1'].map(users.status);
    await until('they wait', async () => (await users.evidence('requestsSlowed')) === 2);
    assert.equal(await users.status('/api/'), 200);
    assert.equal(await users.status('/api/userss'), 404);
    assert.equal(await users.evidence('requestsSlowed'), 2);
    await users.state('DELETE', '/faults');
    assert.deepEqual(await Promise.all(slow), [200, 200]);
    assert.equal(await users.status('/api/users/1'), 200);
  });

  it('waits with many requests at once without a warning of Node', async () => {
    await users.state('POST', '/faults/slow', { prefix: '/', ms: 600_000 });
    const slow = Array.from({ length: 30 }, () => users.status('/api/'));
    await until('they wait', async () => (await users.evidence('requestsSlowed')) === 30);
    await users.state('DELETE', '/faults');
    assert.deepEqual(new Set(await Promise.all(slow)), new Set([200]));
  });

  it('answers errors on a path', async () => {
    await users.state('POST', '/faults/errors', { prefix: '/api/users', status: 500 });
    const answer = await fetch(`${users.url}/api/users/1`);
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [500, 'application/problem+json']);
    await answer.bytes();
    assert.equal(await users.status('/api/'), 200);
    assert.equal(await users.evidence('requestsFailed'), 1);
    await users.state('DELETE', '/faults');
    assert.equal(await users.status('/api/users/1'), 200);
  });

  it('has no connection left while its pool is held, even if one of them breaks', async () => {
    const held = await users.state('POST', '/faults/pool', {});
    assert.equal(held.evidence.connectionsHeld, 2);
    const open = "from pg_stat_activity where application_name = 'users'";
    const superuser = databases.server.superuserUrl('postgres');
    assert.deepEqual(await query(superuser, `select count(*)::int as open ${open}`), [{ open: 2 }]);
    assert.equal(await users.status('/api/users/1'), 503);
    assert.equal(await users.status('/livez'), 200);
    await query(superuser, `select pg_terminate_backend(pid) ${open}`);
    await until('they are gone', async () => (await query(superuser, `select 1 ${open}`)).length === 0);
    assert.equal(await users.status('/api/users/1'), 503);
    await users.state('DELETE', '/faults');
    assert.equal(await users.status('/api/users/1'), 200);
  });

  it('stops as always while its pool is held', async () => {
    const holding = await startFaulty('services/users', env());
    await holding.state('POST', '/faults/pool', {});
    assert.equal((await holding.stop()).code, 0);
  });

  it('says so when the pool cannot be held', async (t) => {
    const without = await startFaulty('services/users', { ...nowhere, FAULTS: 'on' });
    t.after(() => without.stop());
    assert.equal((await without.order('POST', '/faults/pool', {})).status, 503);
    assert.deepEqual((await without.state('GET', '/faults')).active, {});
  });

  it('may be a version that never becomes ready', async (t) => {
    const bad = await startFaulty('services/users', { ...env(), VERSION_FAULT: 'unready' });
    t.after(() => bad.stop());
    await bad.state('DELETE', '/faults');
    const answers = await Promise.all(['/readyz', '/livez', '/api/users/1'].map(bad.status));
    assert.deepEqual(answers, [503, 200, 200]);
    assert.equal((await bad.state('GET', '/faults')).version, 'unready');
  });

  it('may be a version that is ready and then answers 500', async (t) => {
    const bad = await startFaulty('services/users', {
      ...env(),
      VERSION_FAULT: 'errors',
      VERSION_FAULT_PREFIX: '/api/users',
    });
    t.after(() => bad.stop());
    await bad.state('DELETE', '/faults');
    const answers = await Promise.all(['/readyz', '/api/', '/api/users/1'].map(bad.status));
    assert.deepEqual(answers, [200, 200, 500]);
    assert.equal(await bad.evidence('requestsFailed'), 1);
  });
});
