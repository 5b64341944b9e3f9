import { TooSlow, Unavailable } from '@cleave/kit/errors';
import type { Page } from '@cleave/module-kit/input';
import { rowsToRead } from '@cleave/module-kit/paging';
import type { Peer } from '@cleave/module-kit/peer';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { findAuthors } from './discussion.authors.ts';
import type { Author, Discussion } from './discussion.schema.ts';
import type { DiscussionPort } from './ports.ts';
import { findThread } from './threads.repository.ts';
import type { ThreadsTables } from './threads.table.ts';

const postsAnswer = z.array(z.object({ id: z.int(), thread: z.int(), text: z.string(), user: z.int() }));
type Post = z.infer<typeof postsAnswer>[number];
const maxPage = 1_000;

interface Parts {
  db: Kysely<ThreadsTables>;
  users: Peer;
  posts: Peer;
}

/**
 * The discussion put together over HTTP: the own row and the posts in parallel, then every author in one batch.
 * A part that does not answer in time is left out and named in `degraded`.
 */
export function composedDiscussions({ db, users, posts }: Parts): DiscussionPort {
  return {
    async read(threadId, page) {
      const [thread, postsRead] = await Promise.all([
        findThread(db, threadId),
        orMissing(readPosts(posts, threadId, page)),
      ]);
      if (thread === undefined) return undefined;
      const ids = [...new Set([thread.createdBy, ...(postsRead ?? []).map((post) => post.user)])];
      const authors = await orMissing(findAuthors(users, ids));
      const authorOf = (id: number): Author | null => authors?.get(id) ?? null;
      const missing: Discussion['degraded'] = [];
      if (authors === undefined) missing.push('users');
      if (postsRead === undefined) missing.push('posts');
      return {
        ...thread,
        author: authorOf(thread.createdBy),
        posts: postsRead?.map((post) => ({ ...post, author: authorOf(post.user) })) ?? null,
        ...(missing.length > 0 && { degraded: missing }),
      };
    },
  };
}

/** Undefined instead of a part that does not answer; whatever else goes wrong is not hidden. */
async function orMissing<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Unavailable || error instanceof TooSlow) return undefined;
    throw error;
  }
}

async function readPosts(posts: Peer, threadId: number, page: Page): Promise<Post[]> {
  const read = async (limit: number, after: number | undefined): Promise<Post[]> => {
    const from = after === undefined ? '' : `&after=${after}`;
    const { body } = await posts.get(`/api/posts/in-thread/${threadId}?limit=${limit}${from}`);
    return postsAnswer.parse(body);
  };
  const wanted = rowsToRead(page);
  const rows = await read(Math.min(wanted, maxPage), page.after);
  // the posts service gives at most 1,000 a page, and one more row is wanted to know of a next one
  return wanted > maxPage && rows.length === maxPage ? [...rows, ...(await read(1, rows.at(-1)?.id))] : rows;
}
