import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Api, freeUsername, refused } from './api.ts';

/** Request ids, trace context, and the form of problems. */
export function headers(api: Api): void {
  describe('headers', () => {
    const sentBack = async (id: string | string[]) =>
      (await api.get('/livez', { 'x-request-id': id })).headers['x-request-id'];

    it('keep a request id of 1 to 64 visible ASCII characters', async () => {
      for (const id of [
        '1',
        'a1f0c7d2-3b5e-4c58-9d55-2f0e9a6c1b7d',
        '~!@#$%^&*()[]{}|;:\'",.<>/?',
        'x'.repeat(64),
      ]) {
        assert.equal(await sentBack(id), id);
      }
    });

    it('replace a request id of any other form, and make one where there is none', async () => {
      const made = [(await api.get('/livez')).headers['x-request-id']];
      for (const id of ['', 'x'.repeat(65), 'a b', 'caf\u00e9', 'tab\tbed', ['one', 'two']]) {
        const own = await sentBack(id);
        assert.notEqual(own, Array.isArray(id) ? id.join(', ') : id);
        made.push(own);
      }
      assert.equal(new Set(made).size, made.length, 'each request has its own');
    });

    it('carry the request id on every kind of answer', async () => {
      const id = { 'x-request-id': 'kept' };
      const answers = [
        await api.get('/api/users/1', id),
        await api.get('/api/users/0', id),
        await api.get('/api/nowhere', id),
        await api.post('/api/users', { username: freeUsername(), name: 'Id', bio: '' }, id),
        await api.send({ method: 'PUT', path: '/api/users', headers: id }),
        await api.send({ method: 'OPTIONS', path: '/api/users', headers: id }),
        await api.send({ method: 'HEAD', path: '/api/users', headers: id }),
        await api.send({ method: 'DELETE', path: '/api/posts/2147483647', headers: id }),
        await api.send({ method: 'POST', path: '/api/users', headers: id, body: 'x'.repeat(65_537) }),
      ];
      for (const answer of answers) assert.equal(answer.headers['x-request-id'], 'kept');
    });

    it('may carry trace context, whole or broken', async () => {
      for (const traceparent of ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', 'broken', '']) {
        assert.equal((await api.get('/api/threads/1/discussion', { traceparent })).status, 200);
      }
    });

    it('say what was refused as a problem whose members come in one order', async () => {
      const answer = await api.get('/api/users/2147483647?x=1', { 'x-request-id': 'p-1' });
      const detail = refused(answer, 404);
      const head = `{"type":"about:blank","title":"Not Found","status":404,"detail":${JSON.stringify(detail)}`;
      assert.equal(answer.body.toString(), `${head},"instance":"/api/users/2147483647","requestId":"p-1"}`);
    });

    it('name the path of a refused request as it was sent', async () => {
      for (const path of ['/api/%75sers', '/API//x/..', '/api/users/%00', '/%F0%9F%A7%AD', '/"<>\\|^`{}']) {
        const answer = await api.get(path);
        assert.equal(JSON.parse(answer.body.toString()).instance, path);
      }
    });
  });
}
