import type { Page } from '@cleave/module-kit/input';
import { rowsToRead } from '@cleave/module-kit/paging';
import { type Kysely, sql } from 'kysely';
import type { NewPost, Post } from './posts.schema.ts';
import type { PostsTables } from './posts.table.ts';

type Db = Kysely<PostsTables>;
const columns = ['id', 'thread', 'text', 'user'] as const;

/** The posts of `ids` that exist, ascending, each once. */
export const findPosts = (db: Db, ids: number[]): Promise<Post[]> =>
  db
    .selectFrom('posts.posts')
    .select(columns)
    .where('id', '=', sql<number>`any(${ids})`)
    .orderBy('id')
    .execute();

/** A page of all posts, of a thread's or of a user's, and one row more where there is a next page. */
export function listPosts(
  db: Db,
  page: Page,
  of: { thread: number } | { user: number } | object,
): Promise<Post[]> {
  return db
    .selectFrom('posts.posts')
    .select(columns)
    .where('id', '>', page.after ?? 0)
    .where(({ and }) => and(of))
    .orderBy('id')
    .limit(rowsToRead(page))
    .execute();
}

export const insertPost = (db: Db, post: NewPost): Promise<Post> =>
  db.insertInto('posts.posts').values(post).returning(columns).executeTakeFirstOrThrow();

/** Whether there was such a post. */
export async function deletePost(db: Db, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('posts.posts').where('id', '=', id).executeTakeFirst();
  return numDeletedRows === 1n;
}
