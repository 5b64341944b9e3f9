import { Client } from 'pg';
import { explain } from './cannot-load.ts';
import { copyTable } from './copy.ts';
import { lastId, type Plan } from './plan.ts';
import { refuseLoaded, removeLoaded } from './replace.ts';
import type { DatabaseName, Target } from './target.ts';

export interface LoadOptions {
  /** Removes rows beyond the seed first; without it they are a reason to refuse. */
  replace: boolean;
  /** Told how many rows more a database was handed. */
  onRows?: (database: DatabaseName, rows: number) => void;
}

/**
 * Loads the rows of a plan into all targets at once, each in one transaction, and commits when every one of
 * them has all its rows. Writes to the tables wait until then, so that ids do not collide; with `replace`
 * reads wait too. Memory use does not depend on the number of rows.
 * @throws CannotLoad for what the user can mend; nothing is loaded then
 */
export async function load(targets: readonly Target[], plan: Plan, options: LoadOptions): Promise<void> {
  const abort = new AbortController();
  const clients = targets.map((target) => ({ target, client: open(target) }));
  const each = (work: (client: Client, target: Target) => Promise<void>) =>
    settle(
      clients.map(({ client, target }) =>
        work(client, target).catch((error) => {
          const reason = explain(target.name, error);
          abort.abort(reason);
          throw reason;
        }),
      ),
    );
  try {
    await each(async (client) => void (await client.connect()));
    await each((client, target) => fill(client, target, plan, options, abort.signal));
    await each(async (client) => void (await client.query('commit')));
    await each(tidy);
  } catch (error) {
    throw abort.signal.aborted ? abort.signal.reason : error; // the first failure, not what it brought about
  } finally {
    await Promise.all(clients.map(({ client }) => client.end()));
  }
}

function open({ url }: Target): Client {
  const client = new Client(url);
  client.on('error', () => undefined); // whoever waits for an answer is told; between two, the next one is
  return client;
}

async function fill(
  client: Client,
  target: Target,
  plan: Plan,
  { replace, onRows }: LoadOptions,
  signal: AbortSignal,
): Promise<void> {
  await client.query('begin');
  await client.query(
    `lock table ${target.tables.map((table) => table.sql).join(', ')} in share row exclusive mode`,
  );
  if (replace) await removeLoaded(client, target);
  else await refuseLoaded(client, target);
  for (const table of target.tables) {
    await copyTable(client, table, plan, (rows) => onRows?.(target.name, rows), signal);
    const next = `setval(pg_get_serial_sequence('${table.sql}', 'id'), ${lastId(plan, table.name)})`;
    await client.query(`select ${next}`);
  }
}

/** Statistics for the planner; VACUUM now, since autovacuum would else come in the middle of a measurement. */
async function tidy(client: Client, { tables }: Target): Promise<void> {
  for (const table of tables) await client.query(`vacuum (analyze) ${table.sql}`);
}

/** Waits for all, also after a failure, then throws the first. */
async function settle(promises: Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(promises);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
