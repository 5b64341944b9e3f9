// What the forum is asked, as lines that the generators read. Ids are spread over a table, whatever its size.
import type { Ground } from './ground.ts';

/** The names of what several parts ask. */
export const oneUser = 'GET /api/users/:userId';
export const pageOfUsers = 'GET /api/users';
export const discussion = 'GET /api/threads/:threadId/discussion';
export const newUser = 'POST /api/users';
export const newPost = 'POST /api/posts';
export const reads = 'all reads in turn';

/**
 * Every route but DELETE, which needs a row of its own for each request, and all reads mixed; writes come last.
 * @param many how many different ids are asked for
 */
export function questionsFor(posts: number, many = 500): Map<string, string[]> {
  const rows = Math.ceil(posts / 10);
  const each = (line: (id: number) => string): string[] =>
    Array.from({ length: many }, (_, index) => line(1 + Math.floor((index * rows) / many)));
  const page = 'limit=20';
  const asked = new Map([
    [oneUser, each((id) => `/api/users/${id}`)],
    [pageOfUsers, each((id) => `/api/users?${page}&after=${id}`)],
    ['GET /api/threads/:threadId', each((id) => `/api/threads/${id}`)],
    ['GET /api/threads', each((id) => `/api/threads?${page}&after=${id}`)],
    [discussion, each((id) => `/api/threads/${id}/discussion?${page}`)],
    ['GET /api/posts', each((id) => `/api/posts?${page}&after=${10 * id}`)],
    ['GET /api/posts/in-thread/:threadId', each((id) => `/api/posts/in-thread/${id}?${page}`)],
    ['GET /api/posts/by-user/:userId', each((id) => `/api/posts/by-user/${id}?${page}`)],
  ]);
  return new Map([
    ...asked,
    [reads, [...asked.values()].flat()],
    ['PATCH /api/users/:userId', each((id) => `PATCH\t/api/users/${id}\t{"bio":"Number {n}"}`)],
    [newUser, ['POST\t/api/users\t{"username":"bench-{n}","name":"One more","bio":"Writes when told to"}']],
    ['POST /api/threads', each((id) => `POST\t/api/threads\t{"title":"Number {n}","createdBy":${id}}`)],
    [newPost, each((id) => `POST\t/api/posts\t{"thread":${id},"user":${id},"text":"Number {n}"}`)],
  ]);
}

/** The same as files, by name. */
export async function writeQuestions(
  { file }: Ground,
  posts: number,
  many?: number,
): Promise<(name: string) => string> {
  const files = new Map<string, string>();
  for (const [name, lines] of questionsFor(posts, many))
    files.set(name, await file(`${posts} ${name}`, lines));
  return (name) => files.get(name) ?? '';
}
