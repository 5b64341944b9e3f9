import { coalesce } from '@cleave/module-kit/coalesce';
import { rowsToRead } from '@cleave/module-kit/paging';
import type { DiscussionPort } from '@cleave/threads';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** A post of a discussion, or a thread without one on this page: then what the post has is null. */
interface Row {
  id: number;
  title: string;
  createdBy: number;
  creatorUsername: string;
  creatorName: string;
  post: number | null;
  text: string;
  user: number;
  username: string;
  name: string;
}

type Discussion = Awaited<ReturnType<DiscussionPort['read']>>;

// Plain columns: JSON made by the database for every row and parsed here costs more than columns that are repeated.
// Each author is looked up by a subquery of its own, so that a plan for any page never reads all users.
const readAll = coalesce(async (db: Kysely<Tables>, ids, page) => {
  const { rows } = await sql<Row>`
    select thread.id, thread.title, thread.created_by as "createdBy",
      creator.username as "creatorUsername", creator.name as "creatorName",
      post.id as post, post.text, post."user", poster.username, poster.name
    from threads.threads thread
    join users.users creator on creator.id = thread.created_by
    left join lateral (
      select written.id, written.text, written."user" from posts.posts written
      where written.thread = thread.id and written.id > ${page.after ?? 0}
      order by written.id limit ${rowsToRead(page)}
    ) post on true
    left join lateral (
      select author.username, author.name from users.users author where author.id = post."user" limit 1
    ) poster on true
    where thread.id = any(${ids})
    order by thread.id, post.id`.execute(db);
  const rowsOf = Map.groupBy(rows, ({ id }) => id);
  return new Map([...rowsOf].map(([id, own]) => [id, toDiscussion(own)]));
});

function toDiscussion(rows: Row[]): Discussion {
  const [first] = rows;
  if (first === undefined) return undefined;
  const { id: thread, title, createdBy, creatorUsername, creatorName } = first;
  const author = { id: createdBy, username: creatorUsername, name: creatorName };
  const posts = rows.flatMap(({ post, text, user, username, name }) =>
    post === null ? [] : [{ id: post, thread, text, user, author: { id: user, username, name } }],
  );
  return { id: thread, title, createdBy, author, posts };
}

/** The discussion as one SQL join over the three modules' tables. */
export const joinedDiscussions = (db: Kysely<Tables>): DiscussionPort => ({
  read: async (threadId, page) => (await readAll(db, [threadId], page)).get(threadId),
});
