// Finds out before the load begins which ids there are, and makes the posts that the load will delete.
import { mix, type Route } from './mix.ts';
import type { Targets } from './turn.ts';

/** Sends one request and gives its status and body. k6 and the preview each bring their own. */
export type Send = (
  method: 'GET' | 'POST',
  path: string,
  body?: Record<string, string | number>,
) => Promise<{ status: number; body: string }>;

const idOf = (row: unknown): number => {
  if (typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'number') return row.id;
  throw new Error('an answer before the load began has no id');
};

/** Pages read, spread over the whole table, and rows of each. */
const PAGES = 10;
const PAGE = 20;
const PARALLEL = 10;

/** Posts made to be deleted: beyond these the users' own posts have to do. */
const MOST_DISPOSABLES = 1000;

/** How many of `requests` of these lines of the mix delete a post. */
const deletesIn = (routes: readonly Route[], requests: number): number => {
  const weightOf = (lines: readonly Route[]) => lines.reduce((sum, { weight }) => sum + weight, 0);
  return (requests * weightOf(routes.filter(({ method }) => method === 'DELETE'))) / weightOf(routes);
};

const idsAfter = async (send: Send, path: string, after: number, limit: number): Promise<number[]> => {
  const answer = await send('GET', `${path}?limit=${limit}${after > 0 ? `&after=${after}` : ''}`);
  if (answer.status !== 200)
    throw new Error(`GET ${path} answered ${answer.status || 'nothing'} before the load began`);
  const rows: unknown = JSON.parse(answer.body);
  if (!Array.isArray(rows)) throw new Error(`GET ${path} did not answer a list before the load began`);
  return rows.map(idOf);
};

/** The highest id of a list, by doubling and halving: some 40 small reads for a million rows, 4 for a few. */
const lastId = async (send: Send, path: string): Promise<number> => {
  const isBeyond = async (id: number): Promise<boolean> => (await idsAfter(send, path, id, 1)).length === 0;
  let below = 0;
  let beyond = 1;
  while (!(await isBeyond(beyond))) {
    below = beyond;
    beyond *= 2;
  }
  while (beyond - below > 1) {
    const middle = Math.floor((below + beyond) / 2);
    if (await isBeyond(middle)) beyond = middle;
    else below = middle;
  }
  return beyond;
};

const idsOf = async (send: Send, path: string): Promise<number[]> => {
  const last = await lastId(send, path);
  const starts = Array.from({ length: PAGES }, (_, page) => Math.floor((last * page) / PAGES));
  const pages = await Promise.all(starts.map((after) => idsAfter(send, path, after, PAGE)));
  const ids = [...new Set(pages.flat())];
  if (ids.length === 0) throw new Error(`GET ${path} is empty: the load needs the seed data`);
  return ids;
};

const createPost = async (send: Send, thread: number, user: number): Promise<number> => {
  const answer = await send('POST', '/api/posts', { thread, user, text: 'Made to be deleted.' });
  if (answer.status !== 201)
    throw new Error(`POST /api/posts answered ${answer.status || 'nothing'} before the load began`);
  return idOf(JSON.parse(answer.body));
};

/**
 * Reads up to 200 ids of users and of threads, and makes the posts that `requests` of these lines of the mix
 * will delete (at least one, at most 1,000). Throws when the system does not answer as it should or has no data.
 */
export const findTargets = async (
  send: Send,
  requests: number,
  routes: readonly Route[] = mix,
): Promise<Targets> => {
  const run = `${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`;
  const [users, threads] = await Promise.all([idsOf(send, '/api/users'), idsOf(send, '/api/threads')]);
  const wanted = Math.min(MOST_DISPOSABLES, Math.ceil(deletesIn(routes, requests)) || 1);
  const disposable: number[] = [];
  while (disposable.length < wanted) {
    const made = Array.from({ length: Math.min(PARALLEL, wanted - disposable.length) }, (_, i) =>
      createPost(send, threads[i % threads.length] ?? 0, users[i % users.length] ?? 0),
    );
    disposable.push(...(await Promise.all(made)));
  }
  return { run, users, threads, disposable };
};
