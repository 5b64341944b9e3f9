import type { Log } from '@cleave/kit/log';
import type { Metrics } from '@cleave/kit/metrics';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { Gauge } from 'prom-client';
import { namingStatements } from './named-statements.ts';
import { tellingWaits } from './pool.waits.ts';

/**
 * A pool of at most `DATABASE_POOL` connections, with its use as a metric. Whoever calls this owns it and ends
 * it with `db.destroy()`. A statement may take 2 s, a wait for a connection 1 s.
 */
export function openDatabase<Tables>(
  config: { DATABASE_URL: string; DATABASE_POOL: number },
  component: string,
  log: Log,
  metrics: Metrics,
): Kysely<Tables> {
  const pool = new Pool({
    connectionString: config.DATABASE_URL,
    max: config.DATABASE_POOL,
    application_name: component,
    connectionTimeoutMillis: 1_000,
    statement_timeout: 2_000,
    keepAlive: true,
    // PostgreSQL takes an array to have ten ids, finds a plan for the one that is there cheaper, and plans each time
    options: '-c plan_cache_mode=force_generic_plan',
  });
  // a connection that breaks would otherwise end the process, idle or held by a transaction between two statements
  const tell = (error: Error): void => log.warn({ err: error }, 'a database connection broke');
  pool.on('error', tell);
  pool.on('acquire', (client) => client.on('error', tell));
  pool.on('release', (_error, client) => client.off('error', tell));
  new Gauge({
    name: 'db_pool_connections',
    help: 'Connections of the pool by state, and requests waiting for one.',
    labelNames: ['state'],
    registers: [metrics.registry],
    collect() {
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'used' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
  const dialect = new PostgresDialect({ pool: namingStatements(tellingWaits(pool)) });
  return new Kysely<Tables>({ dialect });
}

/** Whether the database answers and `table` (`schema.table`) is there, that is, its migrations have run. */
export async function isReady<Tables>(db: Kysely<Tables>, table: string): Promise<boolean> {
  try {
    await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
    return true;
  } catch {
    return false; // why is in the database's log and in the failed requests' lines; a probe asks every second
  }
}
