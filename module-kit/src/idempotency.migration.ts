import { type Kysely, sql } from 'kysely';

/** Makes the table that `idempotency.ts` keeps its records in. */
export async function createIdempotencyTable(db: Kysely<unknown>, schema: string): Promise<void> {
  await sql`
    create table ${sql.id(schema, 'idempotency')} (
      route text not null,
      key text not null,
      body_hash bytea not null,
      answer text,
      created_at timestamptz not null default now(),
      primary key (route, key)
    )`.execute(db);
  await sql`create index idempotency_created_at on ${sql.id(schema, 'idempotency')} (created_at)`.execute(db);
}

/** What the application role needs on that table. */
export const idempotencyGrant = 'select, insert, update, delete';
