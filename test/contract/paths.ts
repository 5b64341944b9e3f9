import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Api, refused } from './api.ts';

/** Paths, matched as they are sent, and the ids in them. */
export function paths(api: Api): void {
  describe('paths', () => {
    it('are known exactly as they are written: all else is 404', async () => {
      const unknown = [
        '/api',
        '/API/users',
        '/api/Users',
        '/api/users/',
        '/api/users/1/',
        '/api/users//',
        '//api/users',
        '/api//users',
        '/api/./users',
        '/./api/users',
        '/x/../api/users',
        '/api/users/../users',
        '/api/%75sers',
        '/api%2fusers',
        '/api/usersx',
        '/api/users;x',
        '/api/user',
        '/api/users/1/posts',
        '/api/threads/1/Discussion',
        '/api/threads/1/discussion/',
        '/api/posts/in-thread/1/2',
        '/livez/',
        '/metrics',
        '/status',
        '/favicon.ico',
        '/index.html',
      ];
      for (const path of unknown) refused(await api.get(path), 404);
      refused(await api.post('/api/nowhere', {}), 404);
    });

    it('take an id in plain decimal only, from 1 to 2147483647: all else is 400', async () => {
      const wrong = [
        '0',
        '-1',
        '+1',
        '01',
        '1.0',
        '1e1',
        '0x1',
        '%31',
        '1%20',
        '%EF%BC%91',
        '2147483648',
        '9'.repeat(30),
      ];
      const prefixes = ['/api/users/', '/api/threads/', '/api/posts/in-thread/', '/api/posts/by-user/'];
      for (const id of [...wrong, 'abc', '1,2', '..', '.', '1;x=1', '*']) {
        for (const prefix of prefixes) refused(await api.get(`${prefix}${id}`), 400);
        refused(await api.get(`/api/threads/${id}/discussion`), 400);
        refused(await api.send({ method: 'DELETE', path: `/api/posts/${id}` }), 400);
        const headers = { 'content-type': 'application/json' };
        refused(
          await api.send({ method: 'PATCH', path: `/api/users/${id}`, headers, body: '{"bio":"x"}' }),
          400,
        );
      }
    });

    it('may be followed by a query that is empty', async () => {
      for (const path of ['/api/users?', '/api/threads/1?', '/?', '/livez?'])
        assert.equal((await api.get(path)).status, 200);
    });
  });
}
