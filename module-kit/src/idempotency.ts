import { createHash } from 'node:crypto';
import { Malformed, Unprocessable } from '@cleave/kit/errors';
import type { Log } from '@cleave/kit/log';
import type { Context } from 'koa';
import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';

const keySchema = z.string().regex(/^[\x21-\x7e]{1,255}$/);

/** The `Idempotency-Key` of a request, if it has one. @throws Malformed */
export function idempotencyKey(ctx: Context): string | undefined {
  const sent = ctx.headers['idempotency-key'];
  if (sent === undefined) return undefined;
  const parsed = keySchema.safeParse(sent);
  if (parsed.success) return parsed.data;
  throw new Malformed('Idempotency-Key must be 1 to 255 visible ASCII characters.');
}

/** A write that is to happen once: where its record is kept (`schema`.idempotency), and what it is. */
export interface Once<Answer> {
  schema: string;
  route: string;
  key: string | undefined;
  body: unknown;
  /** Reads a stored answer back. */
  stored: z.ZodType<Answer>;
}

/**
 * Runs `insert` at most once for a key: record and row are written in one transaction, and whoever comes again
 * within 24 h, or at the same time, gets the first one's answer. `check` runs before, outside the transaction.
 * @throws Unprocessable when the key was used with another body
 */
export async function once<Tables, Answer extends object>(
  db: Kysely<Tables>,
  write: Once<Answer>,
  check: () => Promise<void>,
  insert: (db: Kysely<Tables>) => Promise<Answer>,
): Promise<Answer> {
  const earlier = await find(db, write);
  if (earlier !== undefined) return earlier;
  await check();
  if (write.key === undefined) return insert(db);
  return db.transaction().execute(async (trx) => {
    if (!(await claim(trx, write))) {
      const twin = await find(trx, write);
      if (twin === undefined) throw new Error('an idempotency record is taken, but cannot be read');
      return twin;
    }
    const answer = await insert(trx);
    await sql`update ${table(write)} set answer = ${JSON.stringify(answer)}
      where route = ${write.route} and key = ${write.key}`.execute(trx);
    return answer;
  });
}

const table = ({ schema }: { schema: string }) => sql.table(`${schema}.idempotency`);
const hash = (body: unknown): Buffer => createHash('sha256').update(JSON.stringify(body)).digest();

/** Takes the key. A concurrent twin waits here for the first one's commit, then gets false. */
async function claim<Tables>(trx: Transaction<Tables>, write: Once<object>): Promise<boolean> {
  const { rows } = await sql`
    insert into ${table(write)} as record (route, key, body_hash) values (${write.route}, ${write.key}, ${hash(write.body)})
    on conflict (route, key) do update set body_hash = excluded.body_hash, answer = null, created_at = now()
    where record.created_at < now() - interval '24 hours'
    returning key`.execute(trx);
  return rows.length === 1;
}

async function find<Tables, Answer>(db: Kysely<Tables>, write: Once<Answer>): Promise<Answer | undefined> {
  if (write.key === undefined) return undefined;
  const { rows } = await sql<{ body_hash: Buffer; answer: string }>`
    select body_hash, answer from ${table(write)}
    where route = ${write.route} and key = ${write.key} and created_at >= now() - interval '24 hours'`.execute(
    db,
  );
  const record = rows[0];
  if (record === undefined) return undefined;
  if (!record.body_hash.equals(hash(write.body))) {
    throw new Unprocessable('This Idempotency-Key was used with another body.');
  }
  return write.stored.parse(JSON.parse(record.answer));
}

/** Deletes expired records now and every hour. @returns what stops it */
export function sweepIdempotency<Tables>(db: Kysely<Tables>, schema: string, log: Log): () => void {
  const sweep = () =>
    void sql`delete from ${table({ schema })} where created_at < now() - interval '24 hours'`
      .execute(db)
      .catch((error) => log.warn({ err: error }, 'expired idempotency records could not be deleted'));
  const timer = setInterval(sweep, 3_600_000).unref();
  sweep();
  return () => clearInterval(timer);
}
