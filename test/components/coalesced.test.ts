import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Client } from 'pg';
import { until } from '../support/until.ts';
import { type Databases, query, startDatabases } from './databases.ts';
import { type Service, startService } from './service.ts';

const owners = ['services/users', 'services/posts', 'monolith'] as const;

describe('reads that arrive together', () => {
  let databases: Databases;
  let services: Record<(typeof owners)[number], Service>;
  before(async () => {
    databases = await startDatabases();
    const start = async (owner: (typeof owners)[number]): Promise<Service> => {
      await databases.migrate(owner);
      const nobody = 'http://127.0.0.1:9';
      return startService(owner, {
        DATABASE_URL: databases.url(owner, 'app'),
        LOG_LEVEL: 'fatal',
        ...(owner === 'services/posts' && { USERS_URL: nobody, THREADS_URL: nobody }),
      });
    };
    const [users, posts, monolith] = await Promise.all([
      start('services/users'),
      start('services/posts'),
      start('monolith'),
    ]);
    services = { 'services/users': users, 'services/posts': posts, monolith };
  });
  after(async () => {
    await Promise.all(Object.values(services).map((service) => service.stop()));
    await databases.server.stop();
  });

  const get = async (owner: (typeof owners)[number], path: string) => {
    const answer = await fetch(services[owner].url + path);
    return { status: answer.status, body: await answer.text() };
  };
  // fewer than may be in flight at once
  const mixed = (paths: string[]): string[] => Array.from({ length: 5 }, () => paths).flat();

  it('are each answered as if they had come alone', async () => {
    const lists = ['/api/posts/in-thread/2', '/api/posts/in-thread/2?limit=1', '/api/posts/in-thread/99'];
    const byUser = ['/api/posts/by-user/1', '/api/posts/by-user/2?after=2', '/api/posts?id=5,1,5,777'];
    const users = ['/api/users/1', '/api/users/4', '/api/users/777', '/api/users?id=3,1,3,777'];
    const pages = ['', '?limit=2', '?limit=2&after=1', '?limit=2&after=2', '?after=2', '?after=777'];
    const all = (path: string): string[] => pages.map((page) => path + page);
    const discussions = [1, 2, 3, 777].map((id) => `/api/threads/${id}/discussion?limit=2`);
    const asked = [
      { owner: 'services/users', paths: [...users, ...all('/api/users')] },
      { owner: 'services/posts', paths: [...lists, ...byUser, ...all('/api/posts')] },
      {
        owner: 'monolith',
        paths: [...users, ...lists, ...discussions, '/api/threads/2', ...all('/api/threads')],
      },
    ] as const;
    for (const { owner, paths } of asked) {
      const alone = new Map<string, { status: number; body: string }>();
      for (const path of paths) alone.set(path, await get(owner, path));
      await Promise.all(
        mixed([...paths]).map(async (path) => {
          const { status, body } = await get(owner, path);
          assert.equal(status, alone.get(path)?.status, path);
          if (status === 200) assert.equal(body, alone.get(path)?.body, path);
        }),
      );
    }
  });

  it('see what was answered before they were asked', async () => {
    const { url } = services['services/users'];
    for (let round = 0; round < 20; round += 1) {
      const others = Array.from({ length: 8 }, () => get('services/users', '/api/users/2'));
      const bio = `round ${round}`;
      await fetch(`${url}/api/users/2`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ bio }),
      });
      assert.equal(JSON.parse((await get('services/users', '/api/users/2')).body).bio, bio);
      await Promise.all(others);
    }
  });

  it('fail together when their connection is cut, and nobody after them', async () => {
    const superuser = databases.server.superuserUrl('users');
    const locker = new Client(superuser);
    await locker.connect();
    try {
      await locker.query('begin');
      await locker.query('lock table users.users in access exclusive mode');
      const reads = [1, 2, 3].map((id) => get('services/users', `/api/users/${id}`));
      const waiting = `from pg_stat_activity where application_name = 'users' and wait_event_type = 'Lock'`;
      await until('they wait', async () => (await query(superuser, `select ${waiting}`)).length > 0);
      await query(superuser, `select pg_terminate_backend(pid) ${waiting}`);
      const statuses = (await Promise.all(reads)).map(({ status }) => status);
      assert.ok(statuses.includes(503), String(statuses));
    } finally {
      await locker.end();
    }
    assert.equal((await get('services/users', '/api/users/1')).status, 200);
  });
});
