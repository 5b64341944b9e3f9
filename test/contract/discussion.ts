import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Api, bytesAre, type User } from './api.ts';
import { seed } from './seed.ts';

const author = ({ id, username, name }: User) => ({ id, username, name });

/** The one read that crosses all modules. */
export function discussion(api: Api): void {
  describe('a discussion', () => {
    it('is the thread, who started it, and its posts with who wrote them', async () => {
      const [a, b] = [await api.newUser(), await api.newUser()];
      const thread = await api.newThread(a.id);
      const first = await api.newPost(thread.id, b.id);
      const second = await api.newPost(thread.id, a.id);
      const third = await api.newPost(thread.id, b.id);
      const answer = await api.get(`/api/threads/${thread.id}/discussion`);
      bytesAre(answer, {
        ...thread,
        author: author(a),
        posts: [
          { ...first, author: author(b) },
          { ...second, author: author(a) },
          { ...third, author: author(b) },
        ],
      });
      assert.equal(answer.headers.link, undefined);
    });

    it('has an empty array where nobody wrote yet', async () => {
      const user = await api.newUser();
      const thread = await api.newThread(user.id);
      bytesAre(await api.get(`/api/threads/${thread.id}/discussion`), {
        ...thread,
        author: author(user),
        posts: [],
      });
    });

    it('is of seeded rows to the byte', async () => {
      const [thread] = seed.threads;
      const of = (id: number) =>
        author(seed.users.find((user) => user.id === id) ?? { id, username: '', name: '', bio: '' });
      const posts = seed.posts.filter((post) => post.thread === thread?.id);
      bytesAre(await api.get(`/api/threads/1/discussion?limit=${posts.length}`), {
        ...thread,
        author: of(thread?.createdBy ?? 0),
        posts: posts.map((post) => ({ ...post, author: of(post.user) })),
      });
    });

    it('pages its posts as a list does, and keeps the thread on every page', async () => {
      const user = await api.newUser();
      const thread = await api.newThread(user.id);
      const posts: object[] = [];
      for (let i = 0; i < 3; i += 1)
        posts.push({ ...(await api.newPost(thread.id, user.id, `${i}`)), author: author(user) });
      const path = `/api/threads/${thread.id}/discussion`;
      const page = await api.get(`${path}?limit=2`);
      bytesAre(page, { ...thread, author: author(user), posts: posts.slice(0, 2) });
      const next = /^<([^>]+)>; rel="next"$/.exec(page.headers.link ?? '')?.[1] ?? '';
      assert.ok(next.startsWith(`${path}?limit=2&after=`), next);
      const last = await api.get(next);
      bytesAre(last, { ...thread, author: author(user), posts: posts.slice(2) });
      assert.equal(last.headers.link, undefined);
      bytesAre(await api.get(`${path}?after=2147483647`), { ...thread, author: author(user), posts: [] });
    });

    it('takes limits up to 1000 and shows a changed name at once', async () => {
      const user = await api.newUser();
      const thread = await api.newThread(user.id);
      const headers = { 'content-type': 'application/json' };
      await api.send({ method: 'PATCH', path: `/api/users/${user.id}`, headers, body: '{"name":"Renamed"}' });
      const answer = await api.get(`/api/threads/${thread.id}/discussion?limit=1000`);
      bytesAre(answer, { ...thread, author: author({ ...user, name: 'Renamed' }), posts: [] });
    });
  });
}
