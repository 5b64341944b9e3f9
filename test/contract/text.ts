import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Api, freeUsername, json, refused } from './api.ts';

// one character, two UTF-16 units, four bytes
const astral = '\u{1F9ED}';

/** What text may be, and that it comes back as it was sent. */
export function text(api: Api): void {
  describe('text', () => {
    const ids = async () => {
      const { id: user } = await api.newUser();
      return { user, thread: (await api.newThread(user)).id };
    };
    const newUser = (changes: object) =>
      api.post('/api/users', { username: freeUsername(), name: 'N', bio: '', ...changes });

    it('is limited in characters, not in bytes or UTF-16 units', async () => {
      const { user, thread } = await ids();
      const attempts: [number, (text: string) => ReturnType<Api['post']>][] = [
        [100, (name) => newUser({ name })],
        [500, (bio) => newUser({ bio })],
        [200, (title) => api.post('/api/threads', { title, createdBy: user })],
        [10_000, (body) => api.post('/api/posts', { thread, text: body, user })],
      ];
      for (const [limit, attempt] of attempts) {
        for (const character of ['x', 'é', '漢', astral]) {
          assert.equal((await attempt(character.repeat(limit))).status, 201, `${limit} of ${character}`);
          refused(await attempt(character.repeat(limit + 1)), 400);
        }
      }
    });

    it('may be empty in a bio only', async () => {
      const { user, thread } = await ids();
      assert.equal((await newUser({ bio: '' })).status, 201);
      refused(await newUser({ name: '' }), 400);
      refused(await newUser({ username: '' }), 400);
      refused(await api.post('/api/threads', { title: '', createdBy: user }), 400);
      refused(await api.post('/api/posts', { thread, text: '', user }), 400);
    });

    it('comes back character by character', async () => {
      const { user, thread } = await ids();
      const texts = [
        ' leading and trailing ',
        'e\u0301 is not é, and \ufb01 is not fi',
        'right to left: \u05e9\u05dc\u05d5\u05dd \u202e',
        `${astral} \u{1F469}\u200D\u{1F4BB} \u{10FFFF}`,
        '\u0001\u001f\u007f\u2028\u2029\ufeff\ufffd\uffff',
        'line\r\nline\ttab "quoted" back\\slash </script> %00 $1 \' -- ;',
      ];
      for (const sent of texts) {
        const post = await api.newPost(thread, user, sent);
        assert.equal(post.text, sent);
        assert.deepEqual(json(await api.get(`/api/posts?id=${post.id}`)), [post]);
      }
    });

    it('may be escaped in JSON in any way', async () => {
      const { user, thread } = await ids();
      const body = `{"thread":${thread},"text":"\\ud83e\\uddED \\u0041\\/\\n","user":${user}}`;
      const sent = json(await api.post('/api/posts', body), 201);
      assert.equal(Reflect.get(Object(sent), 'text'), `${astral} A/\n`);
    });

    it('has no U+0000 and no lone surrogate', async () => {
      const { user, thread } = await ids();
      for (const wrong of [
        '\\u0000',
        'a\\u0000b',
        '\\ud83e',
        '\\udded',
        '\\udded\\ud83e',
        'x\\ud83ex',
        '\\ud83e\\ud83e\\udded',
      ]) {
        refused(await api.post('/api/posts', `{"thread":${thread},"text":"${wrong}","user":${user}}`), 400);
        refused(await api.post('/api/threads', `{"title":"${wrong}","createdBy":${user}}`), 400);
        refused(
          await api.post('/api/users', `{"username":"${freeUsername()}","name":"${wrong}","bio":""}`),
          400,
        );
        refused(
          await api.post('/api/users', `{"username":"${freeUsername()}","name":"N","bio":"${wrong}"}`),
          400,
        );
      }
    });

    it('is of a-z, 0-9, _, . and - in a username, at most 40 of them', async () => {
      const unique = freeUsername(); // 38 characters
      assert.equal((await newUser({ username: `${unique}_.` })).status, 201);
      const wrong = [`${unique}xyz`, 'Upper', 'a b', 'é', 'a/b', 'ａ', `${unique}\n`, 'a\u0000', astral];
      for (const username of wrong) refused(await newUser({ username }), 400);
    });
  });
}
