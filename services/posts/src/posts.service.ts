import { NotFound, Unprocessable } from '@cleave/kit/errors';
import { isForeignKeyViolation } from '@cleave/module-kit/database-errors';
import { once } from '@cleave/module-kit/idempotency';
import type { Kysely } from 'kysely';
import type { ReferencePort } from './ports.ts';
import { deletePost, insertPost } from './posts.repository.ts';
import { type NewPost, type Post, postSchema } from './posts.schema.ts';
import type { PostsTables } from './posts.table.ts';

type Db = Kysely<PostsTables>;

export interface References {
  threads: ReferencePort;
  users: ReferencePort;
}

/** @throws Unprocessable when thread or user does not exist, asked for in this order in every topology */
export function createPost(
  db: Db,
  references: References,
  post: NewPost,
  key: string | undefined,
): Promise<Post> {
  const write = { schema: 'posts', route: 'POST /api/posts', key, body: post, stored: postSchema };
  const check = async () => {
    if (!(await references.threads.exists(post.thread)))
      throw new Unprocessable(`There is no thread ${post.thread}.`);
    if (!(await references.users.exists(post.user)))
      throw new Unprocessable(`There is no user ${post.user}.`);
  };
  return once(db, write, check, (trx) =>
    insertPost(trx, post).catch((error: unknown) => {
      throw isForeignKeyViolation(error)
        ? new Unprocessable('The thread or the user does not exist.')
        : error;
    }),
  );
}

/** @throws NotFound */
export async function removePost(db: Db, id: number): Promise<void> {
  if (!(await deletePost(db, id))) throw new NotFound(`There is no post ${id}.`);
}
