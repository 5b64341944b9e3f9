import type { Client } from 'pg';
import { CannotLoad } from './cannot-load.ts';
import { seeded } from './plan.ts';
import type { Target } from './target.ts';

/** @throws CannotLoad when a table has rows beyond the seed */
export async function refuseLoaded(client: Client, target: Target): Promise<void> {
  for (const table of target.tables) {
    const { rows } = await client.query<{ last: number | null }>(`select max(id) as last from ${table.sql}`);
    const last = rows[0]?.last ?? 0;
    if (last > seeded[table.name]) {
      throw new CannotLoad(
        `${target.name} has ${table.name} beyond the seed already (up to id ${last}): ` +
          '--replace removes them, what people wrote included.',
      );
    }
  }
}

/**
 * Takes the tables back to the seed's rows. TRUNCATE, since a DELETE would look for references row by row.
 * What the modules noted of answered writes goes too: it tells of rows that are no longer there.
 */
export async function removeLoaded(client: Client, { tables }: Target): Promise<void> {
  for (const { name, sql } of tables) {
    await client.query(
      `create temporary table kept_${name} on commit drop as select * from ${sql} where id <= ${seeded[name]}`,
    );
  }
  await client.query(`truncate ${tables.flatMap((table) => [table.sql, table.idempotency]).join(', ')}`);
  for (const { name, sql } of tables) await client.query(`insert into ${sql} select * from kept_${name}`);
}
