import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ask } from '../support/http.ts';
import { type Api, freeUsername, json, refused } from './api.ts';

const limit = 65_536;

/** What the body of a request may be. */
export function bodies(api: Api): void {
  describe('bodies', () => {
    const newUser = (): string => JSON.stringify({ username: freeUsername(), name: 'Body', bio: '' });
    const post = (body: string | Buffer, headers: Ask['headers'] = {}, more: Partial<Ask> = {}) =>
      api.send({ method: 'POST', path: '/api/users', headers, body, ...more });
    const asJson = { 'content-type': 'application/json' };

    it('have at most 64 KiB, whether their length is announced or not', async () => {
      for (const framing of [{}, { chunkBytes: 10_000 }]) {
        assert.equal((await post(newUser().padEnd(limit), asJson, framing)).status, 201);
        refused(await post(newUser().padEnd(limit + 1), asJson, framing), 413);
        refused(await post(newUser().padEnd(16 * limit), asJson, framing), 413);
      }
    });

    it('are refused for their size on every route before anything else is looked at', async () => {
      const body = Buffer.alloc(limit + 1, 'x');
      for (const method of ['GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS']) {
        refused(await api.send({ method, path: '/api/posts/1', body }), 413);
      }
      refused(await api.send({ method: 'POST', path: '/api/nowhere', body }), 413);
    });

    it('are JSON in UTF-8, however that is said', async () => {
      const types = [
        'application/json',
        'APPLICATION/JSON',
        'application/json; charset=utf-8',
        'application/json;charset="UTF-8"',
      ];
      for (const type of types)
        assert.equal((await post(newUser(), { 'content-type': type })).status, 201, type);
    });

    it('are refused with 415 when they are said to be anything else', async () => {
      const types = [
        'text/plain',
        'text/json',
        'application/jsonx',
        'application/merge-patch+json',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/json; charset=iso-8859-1',
        'application/json; charset=utf-16',
        'json',
      ];
      for (const type of types) refused(await post(newUser(), { 'content-type': type }), 415);
      refused(await post(newUser()), 415);
      for (const encoding of ['gzip', 'br', 'identity, gzip']) {
        refused(await post(newUser(), { ...asJson, 'content-encoding': encoding }), 415);
      }
      refused(
        await api.send({
          method: 'PATCH',
          path: '/api/users/1',
          headers: { 'content-type': 'text/plain' },
          body: '{}',
        }),
        415,
      );
    });

    it('are refused with 400 when they are not JSON', async () => {
      const wrong = [
        '',
        ' ',
        '{',
        '{"name":}',
        "{'a':1}",
        '{"a":1,}',
        'nonsense',
        '\ufeff{}',
        '{} {}',
        '[1,]',
        'NaN',
        '/**/{}',
      ];
      for (const body of wrong) refused(await post(body, asJson), 400);
      refused(await api.send({ method: 'POST', path: '/api/users', headers: asJson }), 400);
      const latin1 = Buffer.from(newUser().replace('Body', 'Caf\u00e9'), 'latin1');
      refused(await post(latin1, asJson), 400);
    });

    it('are refused with 400 when they are JSON of another form', async () => {
      for (const body of ['null', '1', '"x"', '[]', '{}', 'true', '[{"name":"x"}]'])
        refused(await post(body, asJson), 400);
      const user = { username: freeUsername(), name: 'Form', bio: '' };
      const wrong = [
        { ...user, id: 1 },
        { ...user, admin: true },
        { ...user, name: 1 },
        { ...user, bio: null },
        { username: user.username, name: 'Form' },
      ];
      for (const body of wrong) refused(await api.post('/api/users', body), 400);
      refused(await post(`{"__proto__":{},"username":"${user.username}","name":"x","bio":""}`, asJson), 400);
    });

    it('name ids as whole numbers from 1 to 2147483647', async () => {
      for (const createdBy of ['0', '-1', '2147483648', '1.5', '"1"', 'null', 'true', '1e400', '[1]']) {
        refused(await api.post('/api/threads', `{"title":"Whose?","createdBy":${createdBy}}`), 400);
        refused(await api.post('/api/posts', `{"thread":${createdBy},"text":"?","user":1}`), 400);
        refused(await api.post('/api/posts', `{"thread":1,"text":"?","user":${createdBy}}`), 400);
      }
    });

    it('do not hurt where none is needed', async () => {
      const answer = await api.send({
        method: 'GET',
        path: '/api/users/1',
        headers: { 'content-type': 'text/plain' },
        body: 'x',
      });
      assert.equal(Reflect.get(Object(json(answer)), 'id'), 1);
    });

    it('are seen in full by twenty senders at once when they are too large', async () => {
      const body = Buffer.alloc(4 * limit, 'x');
      const answers = await Promise.all(Array.from({ length: 20 }, () => post(body, asJson)));
      for (const answer of answers) refused(answer, 413);
    });
  });
}
