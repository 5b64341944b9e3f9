import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { coalesce } from './coalesce.ts';
import type { Page } from './input.ts';
import { rowsToRead } from './paging.ts';

/**
 * Reads pages of a whole table by ascending id, coalesced; see `coalesce`. A page has one row more where there is a
 * next one.
 * @param all every row, as a select without conditions
 */
export function pagesById<Row extends { id: number }>(
  all: RawBuilder<Row>,
): (db: QueryExecutorProvider, page: Page) => Promise<Row[]> {
  const read = coalesce(async (db: QueryExecutorProvider, begins, { limit }) => {
    const { rows } = await sql<Row>`
      select distinct on (page.id) page.* from unnest(${begins}::integer[]) as begin (after)
      cross join lateral (${all} where id > begin.after order by id limit ${limit}) page
      order by page.id`.execute(db);
    return new Map(begins.map((begin) => [begin, beginningAfter(rows, begin).slice(0, limit)]));
  });
  return async (db, page) => {
    const begin = page.after ?? 0;
    return (await read(db, [begin], { limit: rowsToRead(page) })).get(begin) ?? [];
  };
}

function beginningAfter<Row extends { id: number }>(rows: Row[], begin: number): Row[] {
  const first = rows.findIndex(({ id }) => id > begin);
  return first < 0 ? [] : rows.slice(first);
}
