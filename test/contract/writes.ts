import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Api, bytesAre, freeUsername, json, refused } from './api.ts';

/** What writes answer, and what is there afterwards. */
export function writes(api: Api): void {
  describe('writes', () => {
    it('creates a user, a thread and a post: 201, where it is, and the object', async () => {
      const { id: user } = await api.newUser();
      const { id: thread } = await api.newThread(user);
      const bodies = {
        '/api/users': { username: freeUsername(), name: 'Huntress', bio: 'Woods' },
        '/api/threads': { title: 'Found: a flute', createdBy: user },
        '/api/posts': { thread, text: 'Mine!', user },
      };
      for (const [path, body] of Object.entries(bodies)) {
        const answer = await api.post(path, body);
        assert.equal(answer.status, 201);
        const id = Number(answer.headers.location?.split('/').at(-1));
        assert.equal(answer.headers.location, `${path}/${id}`);
        assert.equal(answer.body.toString(), JSON.stringify({ id, ...body }));
      }
    });

    it('shows what was created to the next read', async () => {
      const user = await api.newUser();
      const thread = await api.newThread(user.id);
      const post = await api.newPost(thread.id, user.id);
      bytesAre(await api.get(`/api/users/${user.id}`), user);
      bytesAre(await api.get(`/api/threads/${thread.id}`), thread);
      bytesAre(await api.get(`/api/posts/in-thread/${thread.id}`), [post]);
      bytesAre(await api.get(`/api/posts/by-user/${user.id}`), [post]);
    });

    it('changes the name, the bio or both, and nothing else', async () => {
      const user = await api.newUser();
      const patch = async (changes: object) => {
        const body = JSON.stringify(changes);
        const headers = { 'content-type': 'application/json' };
        return api.send({ method: 'PATCH', path: `/api/users/${user.id}`, headers, body });
      };
      bytesAre(await patch({ name: 'Renamed' }), { ...user, name: 'Renamed' });
      bytesAre(await patch({ bio: 'Told' }), { ...user, name: 'Renamed', bio: 'Told' });
      bytesAre(await patch({ bio: '', name: 'Both' }), { ...user, name: 'Both', bio: '' });
      bytesAre(await api.get(`/api/users/${user.id}`), { ...user, name: 'Both', bio: '' });
      for (const none of [{}, { username: freeUsername() }, { name: null }]) refused(await patch(none), 400);
    });

    it('answers 404 to a change of a user who does not exist', async () => {
      const headers = { 'content-type': 'application/json' };
      const path = '/api/users/2147483647';
      refused(await api.send({ method: 'PATCH', path, headers, body: '{"bio":"?"}' }), 404);
    });

    it('deletes a post: 204 without a body, and 404 from then on', async () => {
      const { id: user } = await api.newUser();
      const post = await api.newPost((await api.newThread(user)).id, user);
      const path = `/api/posts/${post.id}`;
      assert.equal((await api.send({ method: 'DELETE', path })).status, 204);
      refused(await api.send({ method: 'DELETE', path }), 404);
      bytesAre(await api.get(`/api/posts?id=${post.id}`), []);
    });

    it('refuses a username that is taken with 409, also to twins that come at once', async () => {
      const body = { username: freeUsername(), name: 'Twin', bio: '' };
      const answers = await Promise.all([1, 2, 3, 4].map(() => api.post('/api/users', body)));
      const statuses = answers.map(({ status }) => status).sort();
      assert.deepEqual(statuses, [201, 409, 409, 409]);
      refused(await api.post('/api/users', body), 409);
    });

    it('refuses a reference to a thread or a user that does not exist with 422', async () => {
      const { id: user } = await api.newUser();
      const { id: thread } = await api.newThread(user);
      const none = 2_147_483_647;
      refused(await api.post('/api/threads', { title: 'Whose?', createdBy: none }), 422);
      const ofThread = refused(
        await api.post('/api/posts', { thread: none, text: 'Where?', user: none }),
        422,
      );
      assert.match(ofThread, /thread/, 'the thread is asked for first');
      const ofUser = refused(await api.post('/api/posts', { thread, text: 'Who?', user: none }), 422);
      assert.match(ofUser, /user/);
      assert.deepEqual(json(await api.get(`/api/posts/in-thread/${thread}`)), []);
    });
  });
}
