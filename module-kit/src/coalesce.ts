import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Page } from './input.ts';

/** What belongs to each of `ids`: its row, or a page of what it has. What there is nothing for is left out. */
export type Read<Db, Answer> = (db: Db, ids: number[], page: Page) => Promise<ReadonlyMap<number, Answer>>;

interface Batch<Answer> {
  ids: Set<number>;
  answers: Promise<ReadonlyMap<number, Answer>>;
}

// A statement's rows are turned into objects in one go, a few µs each, and nobody else is served meanwhile.
const mostRows = 2_000;
const oneRow: Page = { limit: 1 };

/**
 * Makes of `read` one that shares its statement with all that are asked for in the same turn of the event loop, so that
 * requests which arrive together cost the database and its connection one round trip.
 * - A read sees every write that was answered before it was asked for: nobody joins a statement that was sent.
 * - Reads by different handles never share one: a transaction has a handle of its own.
 * - Answers are shared, and not to be changed. A statement that fails, fails for those who share it.
 */
export function coalesce<Db extends object, Answer>(
  read: Read<Db, Answer>,
): (db: Db, ids: readonly number[], page?: Page) => Promise<ReadonlyMap<number, Answer>> {
  const gathering = new WeakMap<Db, Map<string, Batch<Answer>>>();
  const batchesOf = (db: Db): Map<string, Batch<Answer>> => {
    const known = gathering.get(db) ?? new Map<string, Batch<Answer>>();
    gathering.set(db, known);
    return known;
  };
  const begin = (db: Db, page: Page, key: string): Batch<Answer> => {
    const ids = new Set<number>();
    const batch = { ids, answers: send(db, page, key, ids) };
    batchesOf(db).set(key, batch);
    return batch;
  };
  const send = async (
    db: Db,
    page: Page,
    key: string,
    ids: Set<number>,
  ): Promise<ReadonlyMap<number, Answer>> => {
    await endOfTurn(); // a microtask would be too early: they run after each socket, before the next is read
    const batches = batchesOf(db);
    if (batches.get(key)?.ids === ids) batches.delete(key);
    return read(db, [...ids], page);
  };
  return (db, ids, page = oneRow) => {
    const key = `${page.limit} ${page.after}`;
    const open = batchesOf(db).get(key);
    const isFull = open !== undefined && (open.ids.size + ids.length) * page.limit > mostRows;
    const batch = open === undefined || isFull ? begin(db, page, key) : open;
    for (const id of ids) batch.ids.add(id);
    return batch.answers;
  };
}
