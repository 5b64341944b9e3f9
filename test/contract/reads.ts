import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Api, bytesAre, refused } from './api.ts';
import { seed } from './seed.ts';

/** Reads of the rows that every database starts with, to the byte. */
export function reads(api: Api): void {
  describe('reads', () => {
    it('greets and tells its health in plain text', async () => {
      const texts = {
        '/': 'Ready to receive requests',
        '/api/': 'API ready to receive requests',
        '/livez': 'live',
        '/readyz': 'ready',
      };
      for (const [path, text] of Object.entries(texts)) {
        const { status, headers, body } = await api.get(path);
        assert.deepEqual([status, body.toString()], [200, text]);
        assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
      }
    });

    for (const module of ['users', 'threads'] as const) {
      it(`answers one of the ${module} as it was seeded`, async () => {
        for (const row of seed[module]) bytesAre(await api.get(`/api/${module}/${row.id}`), row);
      });
    }

    for (const module of ['users', 'threads', 'posts'] as const) {
      it(`lists ${module} by id, a bare array`, async () => {
        const limit = seed[module].length;
        bytesAre(await api.get(`/api/${module}?limit=${limit}`), seed[module]);
      });
    }

    it('lists the posts of a thread and of a user by id', async () => {
      const inThread = seed.posts.filter((post) => post.thread === 2);
      bytesAre(await api.get(`/api/posts/in-thread/2?limit=${inThread.length}`), inThread);
      const byUser = seed.posts.filter((post) => post.user === 1);
      bytesAre(await api.get(`/api/posts/by-user/1?limit=${byUser.length}`), byUser);
    });

    it('has no posts for a thread or a user that does not exist', async () => {
      bytesAre(await api.get('/api/posts/in-thread/2147483647'), []);
      bytesAre(await api.get('/api/posts/by-user/2147483647'), []);
    });

    it('answers 404 for an id that no row has', async () => {
      for (const path of ['/api/users', '/api/threads']) refused(await api.get(`${path}/2147483647`), 404);
      refused(await api.get('/api/threads/2147483647/discussion'), 404);
    });
  });
}
