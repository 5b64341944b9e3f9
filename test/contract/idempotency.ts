import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { type Api, bytesAre, freeUsername, json, refused } from './api.ts';

/** Writes that are sent more than once. */
export function idempotency(api: Api): void {
  describe('an Idempotency-Key', () => {
    const start = async () => {
      const { id: user } = await api.newUser();
      const { id: thread } = await api.newThread(user);
      return { user, thread, key: { 'idempotency-key': randomUUID() } };
    };

    it('gives the stored answer to the same write, to the byte', async () => {
      const { user, thread, key } = await start();
      const bodies = {
        '/api/users': { username: freeUsername(), name: 'Once', bio: '' },
        '/api/threads': { title: 'Once', createdBy: user },
        '/api/posts': { thread, text: 'Once \u{1F501}', user },
      };
      for (const [path, body] of Object.entries(bodies)) {
        const first = await api.post(path, body, key);
        const again = await api.post(path, body, key);
        assert.deepEqual([first.status, again.status], [201, 201]);
        assert.equal(again.body.toString(), first.body.toString());
        assert.equal(again.headers.location, first.headers.location);
      }
      assert.equal(Object(json(await api.get(`/api/posts/in-thread/${thread}`))).length, 1);
    });

    it('takes bodies for the same when they parse to the same', async () => {
      const { user, key } = await start();
      const first = await api.post('/api/threads', `{"title":"A\\u0042","createdBy":${user}}`, key);
      const again = await api.post('/api/threads', ` { "createdBy" : ${user}, "title": "AB" }\n`, key);
      assert.deepEqual([again.status, again.body.toString()], [201, first.body.toString()]);
    });

    it('refuses another body with 422', async () => {
      const { user, key } = await start();
      assert.equal((await api.post('/api/threads', { title: 'One', createdBy: user }, key)).status, 201);
      refused(await api.post('/api/threads', { title: 'Other', createdBy: user }, key), 422);
    });

    it('belongs to one route', async () => {
      const { user, thread, key } = await start();
      assert.equal((await api.post('/api/threads', { title: 'T', createdBy: user }, key)).status, 201);
      assert.equal((await api.post('/api/posts', { thread, text: 'P', user }, key)).status, 201);
    });

    it('is still free after a refusal', async () => {
      const { user, thread, key } = await start();
      const none = 2_147_483_647;
      refused(await api.post('/api/posts', { thread: none, text: 'P', user }, key), 422);
      refused(await api.post('/api/posts', { thread, text: '', user }, key), 400);
      assert.equal((await api.post('/api/posts', { thread, text: 'P', user }, key)).status, 201);
      const taken = { username: (await api.newUser()).username, name: 'N', bio: '' };
      refused(await api.post('/api/users', taken, key), 409);
      assert.equal((await api.post('/api/users', { ...taken, username: freeUsername() }, key)).status, 201);
    });

    it('lets concurrent twins write once and all see the same answer', async () => {
      const { user, thread, key } = await start();
      const body = { thread, text: 'Twin', user };
      const answers = await Promise.all(Array.from({ length: 8 }, () => api.post('/api/posts', body, key)));
      for (const answer of answers)
        assert.deepEqual([answer.status, answer.body.toString()], [201, answers[0]?.body.toString()]);
      bytesAre(await api.get(`/api/posts/in-thread/${thread}`), [
        json(answers[0] ?? (await api.get('/')), 201),
      ]);
    });

    it('lets only one of two concurrent writes with other bodies through', async () => {
      const { user, thread, key } = await start();
      const answers = await Promise.all(
        ['one', 'two', 'three'].map((text) => api.post('/api/posts', { thread, text, user }, key)),
      );
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 422, 422]);
      assert.equal(Object(json(await api.get(`/api/posts/in-thread/${thread}`))).length, 1);
    });

    it('is 1 to 255 visible ASCII characters', async () => {
      const { user } = await start();
      const write = (key: string) =>
        api.post('/api/threads', { title: 'Key', createdBy: user }, { 'idempotency-key': key });
      for (const key of [randomUUID().padEnd(255, '~'), `!"#$%&'()*+,-./:;<=>?@[]^_\`{|}${randomUUID()}`]) {
        assert.equal((await write(key)).status, 201, key);
      }
      for (const key of ['', 'a b', 'caf\u00e9', 'x'.repeat(256)]) refused(await write(key), 400);
    });
  });
}
