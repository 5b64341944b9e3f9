import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Api, bytesAre, json, refused } from './api.ts';
import { seed } from './seed.ts';

const nextOf = (link: string | undefined): string | undefined =>
  /^<([^>]+)>; rel="next"$/.exec(link ?? '')?.[1];

/** Lists: pages by keyset, batches by id. */
export function paging(api: Api): void {
  describe('paging', () => {
    it('announces the next page by its path, after the last id seen', async () => {
      for (const module of ['users', 'threads', 'posts'] as const) {
        const answer = await api.get(`/api/${module}?limit=2`);
        bytesAre(answer, seed[module].slice(0, 2));
        assert.equal(answer.headers.link, `</api/${module}?limit=2&after=2>; rel="next"`);
      }
    });

    it('gives every row once, in order, when the links are followed to the end', async () => {
      const { id: user } = await api.newUser();
      const { id: thread } = await api.newThread(user);
      const posts: object[] = [];
      for (let i = 0; i < 5; i += 1) posts.push(await api.newPost(thread, user, `${i}`));
      for (const list of [`/api/posts/in-thread/${thread}`, `/api/posts/by-user/${user}`]) {
        for (const limit of [1, 2, 5, 6]) {
          const seen: unknown[] = [];
          let pages = 0;
          for (let path: string | undefined = `${list}?limit=${limit}`; path !== undefined; pages += 1) {
            const page = await api.get(path);
            seen.push(json(page));
            path = nextOf(page.headers.link);
          }
          assert.deepEqual(seen.flat(), posts);
          assert.equal(pages, Math.ceil(5 / limit), 'a last page is not followed by an empty one');
        }
      }
    });

    it('starts after an id that no row has as well', async () => {
      bytesAre(await api.get('/api/posts/in-thread/2147483647?after=2147483647'), []);
      bytesAre(await api.get('/api/threads?after=2147483647&limit=1000'), []);
    });

    it('refuses every limit outside 1 to 1000 and every after that is not an id', async () => {
      const lists = [
        '/api/users',
        '/api/threads',
        '/api/posts',
        '/api/posts/in-thread/1',
        '/api/posts/by-user/1',
      ];
      const wrong = ['0', '1001', '-1', '01', '1.0', '1e2', '', 'ten', '%201', '99999999999999999999'];
      for (const list of [...lists, '/api/threads/1/discussion']) {
        for (const limit of wrong) refused(await api.get(`${list}?limit=${limit}`), 400);
        for (const after of ['0', '-1', '2147483648', '', 'x'])
          refused(await api.get(`${list}?after=${after}`), 400);
      }
    });

    it('refuses a parameter that it does not know, and one given twice', async () => {
      for (const query of [
        'page=2',
        'limit=2&offset=1',
        'limit=2&limit=2',
        'LIMIT=2',
        'limit[]=2',
        '__proto__=1',
        '=',
      ]) {
        refused(await api.get(`/api/users?${query}`), 400);
        refused(await api.get(`/api/threads/1/discussion?${query}`), 400);
      }
    });

    it('reads a batch by id: ascending, each once, unknown ones skipped', async () => {
      for (const module of ['users', 'threads', 'posts'] as const) {
        const [first, , third] = seed[module];
        const answer = await api.get(`/api/${module}?id=3,1,3,2147483647`);
        bytesAre(answer, [first, third]);
        assert.equal(answer.headers.link, undefined);
      }
    });

    it('reads at most 1000 ids at once', async () => {
      const ids = (count: number) => Array.from({ length: count }, (_, i) => i + 2_000_000_000).join(',');
      bytesAre(await api.get(`/api/users?id=${ids(1000)}`), []);
      refused(await api.get(`/api/users?id=${ids(1001)}`), 400);
    });

    it('refuses a batch with anything but ids, or with a page', async () => {
      for (const query of [
        'id=',
        'id=1,',
        'id=,1',
        'id=0',
        'id=1,x',
        'id=2147483648',
        'id=1&id=2',
        'id=1&limit=2',
      ]) {
        refused(await api.get(`/api/users?${query}`), 400);
      }
    });
  });
}
