import { coalesce } from '@cleave/module-kit/coalesce';
import type { Page } from '@cleave/module-kit/input';
import { pagesById } from '@cleave/module-kit/pages-by-id';
import { rowsToRead } from '@cleave/module-kit/paging';
import { rowsById } from '@cleave/module-kit/rows-by-id';
import { type Kysely, sql } from 'kysely';
import type { NewPost, Post } from './posts.schema.ts';
import type { PostsTables } from './posts.table.ts';

type Db = Kysely<PostsTables>;
const columns = ['id', 'thread', 'text', 'user'] as const;

/** The posts of some ids that exist. */
export const { many: findPosts } = rowsById(
  (db: Db, ids): Promise<Post[]> =>
    db.selectFrom('posts.posts').select(columns).where('id', '=', sql<number>`any(${ids})`).execute(),
);

/** A page of all posts, and one row more where there is a next page. */
export const listPosts = pagesById(sql<Post>`select id, thread, text, "user" from posts.posts`);

type Parent = 'thread' | 'user';

const pagesOf = (parent: Parent) =>
  coalesce(async (db: Db, ids, page): Promise<Map<number, Post[]>> => {
    const { rows } = await sql<Post>`
      select page.* from unnest(${ids}::integer[]) as parent (id)
      cross join lateral (
        select id, thread, text, "user" from posts.posts
        where ${sql.id(parent)} = parent.id and id > ${page.after ?? 0}
        order by id limit ${rowsToRead(page)}
      ) page
      order by page.${sql.id(parent)}, page.id`.execute(db);
    return Map.groupBy(rows, (row) => row[parent]);
  });

const pages = { thread: pagesOf('thread'), user: pagesOf('user') };

/** A page of a thread's posts, or of a user's, and one row more where there is a next page. */
export const listPostsOf = async (db: Db, parent: Parent, id: number, page: Page): Promise<Post[]> =>
  (await pages[parent](db, [id], page)).get(id) ?? [];

export const insertPost = (db: Db, post: NewPost): Promise<Post> =>
  db.insertInto('posts.posts').values(post).returning(columns).executeTakeFirstOrThrow();

/** Whether there was such a post. */
export async function deletePost(db: Db, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('posts.posts').where('id', '=', id).executeTakeFirst();
  return numDeletedRows === 1n;
}
