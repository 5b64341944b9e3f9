import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Page } from './input.ts';

/** What belongs to each of `ids`: its row, or a page of what it has. What there is nothing for is left out. */
export type Read<Source, Answer> = (
  source: Source,
  ids: number[],
  page: Page,
) => Promise<ReadonlyMap<number, Answer>>;

interface Batch<Answer> {
  ids: Set<number>;
  answers: Promise<ReadonlyMap<number, Answer>>;
}

// A statement's rows are turned into objects in one go, a few µs each, and nobody else is served meanwhile.
const mostRows = 2_000;
const oneRow: Page = { limit: 1 };

/**
 * Makes of `read` one that shares its statement with all that are asked for in the same turn of the event loop, so that
 * requests which arrive together cost the database and its connection one round trip. Where the source is a peer, read
 * "request" for statement.
 * - A read sees every write that was answered before it was asked for: nobody joins a statement that was sent.
 * - Reads by different handles never share one: a transaction has a handle of its own.
 * - Answers are shared, and not to be changed. A statement that fails, fails for those who share it.
 */
export function coalesce<Source extends object, Answer>(
  read: Read<Source, Answer>,
): (source: Source, ids: readonly number[], page?: Page) => Promise<ReadonlyMap<number, Answer>> {
  const gathering = new WeakMap<Source, Map<string, Batch<Answer>>>();
  const batchesOf = (source: Source): Map<string, Batch<Answer>> => {
    const known = gathering.get(source) ?? new Map<string, Batch<Answer>>();
    gathering.set(source, known);
    return known;
  };
  const begin = (source: Source, page: Page, key: string): Batch<Answer> => {
    const ids = new Set<number>();
    const batch = { ids, answers: send(source, page, key, ids) };
    batchesOf(source).set(key, batch);
    return batch;
  };
  const send = async (
    source: Source,
    page: Page,
    key: string,
    ids: Set<number>,
  ): Promise<ReadonlyMap<number, Answer>> => {
    await endOfTurn(); // a microtask would be too early: they run after each socket, before the next is read
    const batches = batchesOf(source);
    if (batches.get(key)?.ids === ids) batches.delete(key);
    return read(source, [...ids], page);
  };
  return (source, ids, page = oneRow) => {
    const key = `${page.limit} ${page.after}`;
    const open = batchesOf(source).get(key);
    const isFull = open !== undefined && (open.ids.size + ids.length) * page.limit > mostRows;
    const batch = open === undefined || isFull ? begin(source, page, key) : open;
    for (const id of ids) batch.ids.add(id);
    return batch.answers;
  };
}
