import { type Kysely, sql } from 'kysely';

/** Inserts rows with the ids they name, and lets new ids go on after the last. */
export async function seedTable(
  db: Kysely<unknown>,
  table: string,
  rows: Record<string, string | number>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  const names = sql.join(columns.map((column) => sql.id(column)));
  await sql`insert into ${sql.table(table)} (${names}) values ${sql.join(values)}`.execute(db);
  await sql`select setval(pg_get_serial_sequence(${table}, 'id'), max(id)) from ${sql.table(table)}`.execute(
    db,
  );
}
