import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { namingStatements } from '@cleave/module-kit/named-statements';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { type PostgresServer, startPostgres } from '../../lab/src/environments/local/postgres.ts';

interface Tables {
  things: { id: number; size: number };
}

describe('a connection whose statements are named', () => {
  let server: PostgresServer;
  let pool: Pool;
  let db: Kysely<Tables>;
  before(async () => {
    server = await startPostgres();
    // one connection, so that each statement meets those that were prepared before it
    pool = new Pool({ connectionString: server.superuserUrl('postgres'), max: 1 });
    pool.on('error', () => {}); // the server may end before a connection that was given up is closed
    db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: namingStatements(pool) }) });
    await sql`create table things (id integer primary key, size integer not null)`.execute(db);
    await sql`insert into things select id, id * 10 from generate_series(1, 9) id`.execute(db);
  });
  after(async () => {
    await db.destroy();
    await server.stop();
  });

  const sizeOf = async (id: number): Promise<number | undefined> =>
    (await db.selectFrom('things').select('size').where('id', '=', id).executeTakeFirst())?.size;
  const prepared = async (): Promise<string[]> => {
    const { rows } = await sql<{
      statement: string;
    }>`select statement from pg_prepared_statements order by 1`.execute(db);
    return rows.map(({ statement }) => statement);
  };

  it('prepares each text once, and only those with parameters', async () => {
    assert.deepEqual([await sizeOf(1), await sizeOf(2)], [10, 20]);
    await sql`select 1`.execute(db);
    assert.deepEqual(await prepared(), ['select "size" from "things" where "id" = $1']);
  });

  it('sees inside a transaction what it wrote, and outside what was rolled back', async () => {
    const undone = new Error('undone');
    const work = db.transaction().execute(async (trx) => {
      await trx.updateTable('things').set({ size: 1 }).where('id', '=', 3).execute();
      const seen = await trx.selectFrom('things').select('size').where('id', '=', 3).executeTakeFirst();
      assert.equal(seen?.size, 1);
      throw undone;
    });
    await assert.rejects(work, undone);
    assert.equal(await sizeOf(3), 30);
  });

  it('fails with what the database says, and goes on', async () => {
    const twin = db.insertInto('things').values({ id: 1, size: 0 }).execute();
    await assert.rejects(twin, { code: '23505' });
    assert.equal(await sizeOf(1), 10);
  });

  it('answers when a migration has changed the type of a column, and prepares anew', async () => {
    assert.equal(await sizeOf(4), 40);
    await sql`alter table things alter column size type smallint`.execute(db);
    assert.equal(await sizeOf(4), 40);
    assert.deepEqual(await prepared(), []);
    assert.equal(await sizeOf(5), 50);
    assert.deepEqual(await prepared(), ['select "size" from "things" where "id" = $1']);
  });

  it('names no more texts than a program can have of its own', async () => {
    for (let value = 0; value < 250; value += 1) {
      await sql`select ${sql.lit(value)} + ${1}::integer`.execute(db);
    }
    assert.ok((await prepared()).length <= 200);
  });
});
