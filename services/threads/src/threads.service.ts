import { NotFound, Unprocessable } from '@cleave/kit/errors';
import { isForeignKeyViolation } from '@cleave/module-kit/database-errors';
import { once } from '@cleave/module-kit/idempotency';
import type { Kysely } from 'kysely';
import type { UsersPort } from './ports.ts';
import { findThread, insertThread } from './threads.repository.ts';
import { type NewThread, type Thread, threadSchema } from './threads.schema.ts';
import type { ThreadsTables } from './threads.table.ts';

type Db = Kysely<ThreadsTables>;

/** @throws NotFound */
export async function readThread(db: Db, id: number): Promise<Thread> {
  const thread = await findThread(db, id);
  if (thread === undefined) throw noThread(id);
  return thread;
}

export const noThread = (id: number): NotFound => new NotFound(`There is no thread ${id}.`);

/** @throws Unprocessable when the creator does not exist */
export function createThread(
  db: Db,
  users: UsersPort,
  thread: NewThread,
  key: string | undefined,
): Promise<Thread> {
  const noUser = () => new Unprocessable(`There is no user ${thread.createdBy}.`);
  const write = { schema: 'threads', route: 'POST /api/threads', key, body: thread, stored: threadSchema };
  const check = async () => {
    if (!(await users.exists(thread.createdBy))) throw noUser();
  };
  return once(db, write, check, (trx) =>
    insertThread(trx, thread).catch((error: unknown) => {
      throw isForeignKeyViolation(error) ? noUser() : error;
    }),
  );
}
