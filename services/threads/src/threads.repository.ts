import { pagesById } from '@cleave/module-kit/pages-by-id';
import { rowsById } from '@cleave/module-kit/rows-by-id';
import { type Kysely, sql } from 'kysely';
import type { NewThread, Thread } from './threads.schema.ts';
import type { ThreadsTables } from './threads.table.ts';

type Db = Kysely<ThreadsTables>;
const columns = ['id', 'title', 'created_by as createdBy'] as const;

/** A thread by id, and those of some ids that exist. */
export const { one: findThread, many: findThreads } = rowsById(
  (db: Db, ids): Promise<Thread[]> =>
    db.selectFrom('threads.threads').select(columns).where('id', '=', sql<number>`any(${ids})`).execute(),
);

/** A page's rows and one more where there is a next page. */
export const listThreads = pagesById(
  sql<Thread>`select id, title, created_by as "createdBy" from threads.threads`,
);

export const insertThread = (db: Db, thread: NewThread): Promise<Thread> =>
  db
    .insertInto('threads.threads')
    .values({ title: thread.title, created_by: thread.createdBy })
    .returning(columns)
    .executeTakeFirstOrThrow();
