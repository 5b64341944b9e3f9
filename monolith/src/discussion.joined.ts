import { rowsToRead } from '@cleave/module-kit/paging';
import type { DiscussionPort } from '@cleave/threads';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

type Author = { id: number; username: string; name: string } | null;

interface Row {
  title: string;
  createdBy: number;
  author: Author;
  postId: number | null;
  text: string;
  user: number;
  postAuthor: Author;
}

/** The discussion as one SQL join over the three modules' tables. */
export const joinedDiscussions = (db: Kysely<Tables>): DiscussionPort => ({
  async read(threadId, page) {
    const { rows } = await sql<Row>`
      select thread.title, thread.created_by as "createdBy",
        json_build_object('id', creator.id, 'username', creator.username, 'name', creator.name) as author,
        post.id as "postId", post.text, post."user",
        json_build_object('id', poster.id, 'username', poster.username, 'name', poster.name) as "postAuthor"
      from threads.threads thread
      join users.users creator on creator.id = thread.created_by
      left join lateral (
        select id, text, "user" from posts.posts
        where thread = ${threadId} and id > ${page.after ?? 0}
        order by id limit ${rowsToRead(page)}
      ) post on true
      left join users.users poster on poster.id = post."user"
      where thread.id = ${threadId}
      order by post.id`.execute(db);
    const [first] = rows;
    if (first === undefined) return undefined;
    const { title, createdBy, author } = first;
    const posts = rows.flatMap(({ postId, text, user, postAuthor }) =>
      postId === null ? [] : [{ id: postId, thread: threadId, text, user, author: postAuthor }],
    );
    return { id: threadId, title, createdBy, author, posts };
  },
});
