import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { type Api, refused } from './api.ts';

const allowed: Record<string, string> = {
  '/': 'GET, HEAD, OPTIONS',
  '/api/': 'GET, HEAD, OPTIONS',
  '/livez': 'GET, HEAD, OPTIONS',
  '/readyz': 'GET, HEAD, OPTIONS',
  '/api/users': 'GET, HEAD, OPTIONS, POST',
  '/api/users/1': 'GET, HEAD, OPTIONS, PATCH',
  '/api/threads': 'GET, HEAD, OPTIONS, POST',
  '/api/threads/1': 'GET, HEAD, OPTIONS',
  '/api/threads/1/discussion': 'GET, HEAD, OPTIONS',
  '/api/posts': 'GET, HEAD, OPTIONS, POST',
  '/api/posts/1': 'DELETE, OPTIONS',
  '/api/posts/in-thread/1': 'GET, HEAD, OPTIONS',
  '/api/posts/by-user/1': 'GET, HEAD, OPTIONS',
};
const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'TRACE',
  'PROPFIND',
  'LINK',
  'SEARCH',
  'PURGE',
];

/** Methods: those of a path, and the answer to all others. */
export function methodsOf(api: Api): void {
  describe('methods', () => {
    it('are told by OPTIONS: 204 with Allow', async () => {
      for (const [path, allow] of Object.entries(allowed)) {
        const { status, headers } = await api.send({ method: 'OPTIONS', path });
        assert.deepEqual([status, headers.allow], [204, allow], path);
      }
      refused(await api.send({ method: 'OPTIONS', path: '/api/nowhere' }), 404);
    });

    it('that a path does not have are refused with 405 and Allow', async () => {
      for (const [path, allow] of Object.entries(allowed)) {
        for (const method of methods.filter((name) => !allow.split(', ').includes(name))) {
          const answer = await api.send({ method, path });
          assert.deepEqual([answer.status, answer.headers.allow], [405, allow], `${method} ${path}`);
          if (method !== 'HEAD') refused(answer, 405);
        }
      }
    });

    it('include HEAD wherever there is GET: the same answer without its body', async () => {
      const paths = Object.keys(allowed).filter((path) => allowed[path]?.startsWith('GET'));
      const compared = ['content-type', 'content-length', 'link', 'x-request-id'];
      for (const path of [
        ...paths,
        '/api/users?limit=2',
        '/api/users/0',
        '/api/threads/2147483647',
        '/api/nowhere',
      ]) {
        const ask = async (method: 'GET' | 'HEAD') => {
          const { status, headers } = await api.send({ method, path, headers: { 'x-request-id': 'head' } });
          return { path, status, said: compared.map((name) => headers[name]) };
        };
        const [before, head, after] = [await ask('GET'), await ask('HEAD'), await ask('GET')];
        // when somebody else wrote meanwhile, it may be as either
        assert.deepEqual(head, isDeepStrictEqual(head, before) ? before : after);
      }
    });
  });
}
