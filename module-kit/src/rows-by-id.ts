import { coalesce } from './coalesce.ts';

/** The ways to read rows by their id, both coalesced; see `coalesce`. */
export interface RowsById<Db, Row> {
  /** Undefined where there is none. */
  one(db: Db, id: number): Promise<Row | undefined>;
  /** Those of `ids` that exist, ascending, each once. */
  many(db: Db, ids: readonly number[]): Promise<Row[]>;
}

/** @param find reads the rows of `ids` that exist, in any order */
export function rowsById<Db extends object, Row extends { id: number }>(
  find: (db: Db, ids: number[]) => Promise<Row[]>,
): RowsById<Db, Row> {
  const read = coalesce(async (db: Db, ids) => new Map((await find(db, ids)).map((row) => [row.id, row])));
  return {
    one: async (db, id) => (await read(db, [id])).get(id),
    async many(db, ids) {
      const found = await read(db, ids);
      return [...new Set(ids)].sort((a, b) => a - b).flatMap((id) => found.get(id) ?? []);
    },
  };
}
