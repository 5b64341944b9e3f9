import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, it } from 'node:test';
import type { Deployment, Module } from '../../lab/src/environments/environment.ts';
import type { Answer } from '../support/http.ts';
import { until } from '../support/until.ts';
import { type Api, bytesAre, createApi, json, type Post, refused, type Thread, type User } from './api.ts';

const unavailable = (answer: Answer): void => {
  refused(answer, 503);
  assert.match(answer.headers['retry-after'] ?? '', /^[1-9]\d*$/);
};
const same = (one: Answer, other: Answer): boolean =>
  one.status === other.status && one.body.equals(other.body);

interface Rows {
  user: User;
  thread: Thread;
  post: Post;
  path: string;
  author: { id: number; username: string; name: string };
}

async function newDiscussion(api: Api): Promise<Rows> {
  const user = await api.newUser();
  const thread = await api.newThread(user.id);
  const post = await api.newPost(thread.id, user.id);
  const { id, username, name } = user;
  return { user, thread, post, path: `/api/threads/${thread.id}/discussion`, author: { id, username, name } };
}

/** What the services answer while one of them is missing, and that they come back. */
export function degradation(deployment: Deployment): void {
  describe('microservices with a part missing', () => {
    const api = createApi({ topology: 'microservices', baseUrl: deployment.baseUrl });
    after(() => api.close());

    /** Runs `during` while services are killed, then waits until the discussion is whole again. */
    async function without(killed: Module[], during: (rows: Rows) => Promise<void>): Promise<Rows> {
      const rows = await newDiscussion(api);
      const whole = await api.get(rows.path);
      await Promise.all(killed.map((service) => deployment.kill(service)));
      try {
        await during(rows);
      } finally {
        await Promise.all(killed.map((service) => deployment.restore(service)));
      }
      await until('the discussion is whole again', async () => same(await api.get(rows.path), whole));
      await until('posts can be written again', async () => {
        const { thread, user } = rows;
        return (
          (await api.post('/api/posts', { thread: thread.id, text: 'Back', user: user.id })).status === 201
        );
      });
      return rows;
    }

    it('leave the posts out of a discussion while posts is down', async () => {
      await without(['posts'], async ({ thread, author, path }) => {
        bytesAre(await api.get(path), { ...thread, author, posts: null, degraded: ['posts'] });
        unavailable(await api.get('/api/posts'));
        unavailable(await api.post('/api/posts', { thread: thread.id, text: 'Lost', user: author.id }));
        assert.equal((await api.get('/api/users')).status, 200);
        await api.newThread((await api.newUser()).id);
      });
    });

    it('leave the authors out of a discussion while users is down', async () => {
      await without(['users'], async ({ thread, post, path }) => {
        const posts = [{ ...post, author: null }];
        bytesAre(await api.get(path), { ...thread, author: null, posts, degraded: ['users'] });
        unavailable(await api.get('/api/users/1'));
        assert.equal((await api.get('/api/posts')).status, 200);
        assert.equal((await api.get(`/api/threads/${thread.id}`)).status, 200);
      });
    });

    it('name both parts when both are down', async () => {
      await without(['users', 'posts'], async ({ thread, path }) => {
        bytesAre(await api.get(path), { ...thread, author: null, posts: null, degraded: ['users', 'posts'] });
        refused(await api.get('/api/threads/2147483647/discussion'), 404);
      });
    });

    it('have no discussion while threads is down', async () => {
      await without(['threads'], async ({ thread, user, path }) => {
        unavailable(await api.get(path));
        unavailable(await api.get(`/api/threads/${thread.id}`));
        unavailable(await api.post('/api/posts', { thread: thread.id, text: 'Lost', user: user.id }));
        assert.equal((await api.get(`/api/posts/in-thread/${thread.id}`)).status, 200);
        await api.newUser();
      });
    });

    it('write nothing that refers to users while users is down, and let the key be used afterwards', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const write = ({ thread, user }: Rows) =>
        api.post('/api/posts', { thread: thread.id, text: 'Kept', user: user.id }, key);
      const rows = await without(['users'], async (rows) => {
        for (let i = 0; i < 8; i += 1) unavailable(await write(rows));
        unavailable(await api.post('/api/threads', { title: 'Lost', createdBy: rows.user.id }));
        bytesAre(await api.get(`/api/posts/in-thread/${rows.thread.id}`), [rows.post]);
      });
      const kept = json(await write(rows), 201);
      assert.deepEqual(json(await write(rows), 201), kept);
      const found = JSON.stringify(json(await api.get(`/api/posts/in-thread/${rows.thread.id}`)));
      assert.equal(found.split('"Kept"').length - 1, 1, 'it is there once');
    });

    it('leave the posts out of a discussion while posts hangs', async () => {
      const { thread, author, path } = await newDiscussion(api);
      const whole = await api.get(path);
      await deployment.pause('posts');
      try {
        bytesAre(await api.get(path), { ...thread, author, posts: null, degraded: ['posts'] });
        refused(await api.get('/api/posts'), 504);
        assert.equal((await api.get('/api/users')).status, 200);
      } finally {
        await deployment.resume('posts');
      }
      await until('the discussion is whole again', async () => same(await api.get(path), whole));
      await until('posts are listed again', async () => (await api.get('/api/posts')).status === 200);
    });
  });
}
