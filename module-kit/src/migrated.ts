import { setTimeout as wait } from 'node:timers/promises';
import { ConfigError, readConfig } from '@cleave/kit/config';
import pg from 'pg';
import { databaseSchema } from './config.ts';
import type { SchemaMigrations } from './migrate.ts';

const schemaOfConfig = databaseSchema.pick({ DATABASE_URL: true });
const retryMs = 500;

/**
 * Resolves when the database has had all migrations of `schemas`, asking again until then; that it has had more,
 * those of a later version, is well. So an orchestrator can start a version before its migration step has ended.
 * @param tell told why it waits, once for each reason
 */
export async function awaitMigrations(
  schemas: SchemaMigrations[],
  env: NodeJS.ProcessEnv,
  tell: (reason: string) => void,
): Promise<void> {
  const { DATABASE_URL: url } = readConfig(schemaOfConfig, env);
  let told: string | undefined;
  for (;;) {
    const reason = await whyNot(url, schemas);
    if (reason === undefined) return;
    if (reason !== told) tell(reason);
    told = reason;
    await wait(retryMs);
  }
}

/** Runs the wait as this process. */
export async function runAwaitMigrations(schemas: SchemaMigrations[], env: NodeJS.ProcessEnv): Promise<void> {
  process.once('SIGTERM', () => process.exit(143)); // the first process of a container ends by no other means
  try {
    await awaitMigrations(schemas, env, (reason) => process.stdout.write(`waiting: ${reason}\n`));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** Why the database is not what these schemas ask for; undefined: it is. */
async function whyNot(url: string, schemas: SchemaMigrations[]): Promise<string | undefined> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  client.on('error', () => undefined); // what breaks it fails the query as well
  try {
    await client.connect();
    for (const { schema, migrations } of schemas) {
      const { rows } = await client.query<{ name: string }>(
        `select name from ${pg.escapeIdentifier(schema)}.kysely_migration`,
      );
      const missing = Object.keys(migrations).find((name) => !rows.some((row) => row.name === name));
      if (missing !== undefined) return `${schema} ${missing} has not run`;
    }
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error.message || error.name; // no server, no role, no database, no table yet
    throw error;
  } finally {
    await client.end();
  }
}
