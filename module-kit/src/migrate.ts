import { setTimeout as wait } from 'node:timers/promises';
import { ConfigError, readConfig } from '@cleave/kit/config';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, type MigrationResultSet, Migrator } from 'kysely/migration';
import { DatabaseError, Pool } from 'pg';
import { z } from 'zod';
import { provision } from './provision.ts';

/** One schema's migrations in the order of their names, and what the application role may do there by table. */
export interface SchemaMigrations {
  schema: string;
  migrations: Record<string, Migration>;
  grants: Record<string, string>;
}

const url = z.url({ protocol: /^postgres(ql)?$/ });
const migrateSchema = z.object({
  // given where roles and database are not made by the platform
  DATABASE_SUPERUSER_URL: url.optional(),
  DATABASE_MIGRATOR_URL: url,
  DATABASE_URL: url,
  // given where the platform keeps passwords apart from URLs, which then have none
  DATABASE_SUPERUSER_PASSWORD: z.string().optional(),
  DATABASE_MIGRATOR_PASSWORD: z.string().optional(),
  DATABASE_PASSWORD: z.string().optional(),
});

/**
 * While a statement waits for a lock on a table, every later query of that table waits behind it: less than a
 * service's patience with its peers (500 ms). Then all of them get their turn, until the next try.
 */
const LOCK_TIMEOUT_MS = 200;
const TRY_AGAIN_MS = 1_000;
/** For a long transaction to end; one that takes longer has to be looked after by somebody. */
const GIVE_UP_MS = 60_000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Runs the migrations of every schema, each with a migration table of its own under Kysely's advisory lock, as the
 * role that owns the database, and grants the application role what it needs. A step of its own, to be run before
 * the components of that version start; running it again changes nothing.
 */
export async function migrate(schemas: SchemaMigrations[], env: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(migrateSchema, env);
  const migratorUrl = withPassword(config.DATABASE_MIGRATOR_URL, config.DATABASE_MIGRATOR_PASSWORD);
  const appUrl = withPassword(config.DATABASE_URL, config.DATABASE_PASSWORD);
  if (config.DATABASE_SUPERUSER_URL !== undefined) {
    const superuserUrl = withPassword(config.DATABASE_SUPERUSER_URL, config.DATABASE_SUPERUSER_PASSWORD);
    await provision(superuserUrl, migratorUrl, appUrl);
  }
  const options = `-c lock_timeout=${LOCK_TIMEOUT_MS}`;
  const pool = new Pool({ connectionString: migratorUrl, max: 2, options });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const app = decodeURIComponent(new URL(appUrl).username);
  try {
    for (const schema of schemas) await migrateSchemaOf(db, schema, app);
  } finally {
    await db.destroy();
  }
}

function withPassword(address: string, password: string | undefined): string {
  if (password === undefined) return address;
  const whole = new URL(address);
  whole.password = encodeURIComponent(password);
  return whole.href;
}

async function migrateSchemaOf(db: Kysely<unknown>, parts: SchemaMigrations, app: string): Promise<void> {
  const { schema, migrations } = parts;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: schema,
  });
  const deadline = performance.now() + GIVE_UP_MS;
  while (await takeStep(schema, () => migrator.migrateUp(), deadline));
  await db.transaction().execute((transaction) => grantTo(app, parts, transaction));
}

async function grantTo(
  app: string,
  { schema, grants }: SchemaMigrations,
  db: Kysely<unknown>,
): Promise<void> {
  // one after the other: what two grant at the same moment fails for one of them ("tuple concurrently updated")
  await sql`set local lock_timeout = 0`.execute(db);
  await sql`select pg_advisory_xact_lock(hashtext('cleave: grants'))`.execute(db);
  await sql`grant usage on schema ${sql.id(schema)} to ${sql.id(app)}`.execute(db);
  // by which a component sees that the database is at its version
  await sql`grant select (name) on ${sql.id(schema, 'kysely_migration')} to ${sql.id(app)}`.execute(db);
  for (const [table, privileges] of Object.entries(grants)) {
    await sql`grant ${sql.raw(privileges)} on ${sql.id(schema, table)} to ${sql.id(app)}`.execute(db);
  }
}

/**
 * Runs the next migration, in a transaction of its own, so that no lock is held for longer than one of them takes.
 * @returns whether there may be another
 */
async function takeStep(
  schema: string,
  step: () => Promise<MigrationResultSet>,
  deadline: number,
): Promise<boolean> {
  const { error, results = [] } = await step();
  for (const { migrationName, status } of results) {
    process.stdout.write(`${schema} ${migrationName}: ${status}\n`);
  }
  if (error === undefined) return results.length > 0;
  const isLocked = error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE;
  if (!isLocked || performance.now() > deadline) throw error;
  process.stdout.write(`${schema}: somebody holds a lock; it tries again\n`);
  await wait(TRY_AGAIN_MS);
  return true;
}

/** Runs a migration step as this process: what stops it is one sentence, and exit 1. */
export async function runMigrations(schemas: SchemaMigrations[], env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await migrate(schemas, env);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason =
      error instanceof ConfigError ? error.message : `The migration failed: ${error.message || error.name}.`;
    process.stderr.write(`${reason}\n`);
    process.exit(1);
  }
}
