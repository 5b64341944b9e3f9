import type { Page } from '@cleave/module-kit/input';
import { rowsToRead } from '@cleave/module-kit/paging';
import { type Kysely, sql } from 'kysely';
import type { NewThread, Thread } from './threads.schema.ts';
import type { ThreadsTables } from './threads.table.ts';

type Db = Kysely<ThreadsTables>;
const columns = ['id', 'title', 'created_by as createdBy'] as const;

export const findThread = (db: Db, id: number): Promise<Thread | undefined> =>
  db.selectFrom('threads.threads').select(columns).where('id', '=', id).executeTakeFirst();

/** The threads of `ids` that exist, ascending, each once. */
export const findThreads = (db: Db, ids: number[]): Promise<Thread[]> =>
  db
    .selectFrom('threads.threads')
    .select(columns)
    .where('id', '=', sql<number>`any(${ids})`)
    .orderBy('id')
    .execute();

/** A page's rows and one more where there is a next page. */
export const listThreads = (db: Db, page: Page): Promise<Thread[]> =>
  db
    .selectFrom('threads.threads')
    .select(columns)
    .where('id', '>', page.after ?? 0)
    .orderBy('id')
    .limit(rowsToRead(page))
    .execute();

export const insertThread = (db: Db, thread: NewThread): Promise<Thread> =>
  db
    .insertInto('threads.threads')
    .values({ title: thread.title, created_by: thread.createdBy })
    .returning(columns)
    .executeTakeFirstOrThrow();
