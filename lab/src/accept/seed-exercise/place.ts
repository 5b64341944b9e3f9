// Where the exercise is done: a topology, and its table of users.
import type { Topology } from '../../environments/environment.ts';
import { layouts, runnerOf } from '../../environments/layout.ts';
import { waitUntil } from '../../trial/wait.ts';
import type { Platform } from '../platform.ts';
import type { Runner } from './images.ts';

export interface Place {
  platform: Platform;
  topology: Topology;
  runner: Runner;
  /** Runs statements in the database that holds the users. */
  sql(statements: string): Promise<string>;
}

export function placeOf(platform: Platform, topology: Topology): Place {
  const { service, store } = runnerOf(layouts[topology], 'users');
  const runner = service === 'monolith' ? 'monolith' : 'users';
  const sql = (statements: string): Promise<string> =>
    platform.sql(topology, store.server, store.database, statements);
  return { platform, topology, runner, sql };
}

const BEGUN_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 100;

/**
 * Begins a transaction that has read the users and stays open for `seconds`: somebody's report, or a backup. While it
 * lasts nobody gets an exclusive lock on the table, and whoever waits for one holds up everybody behind.
 * @returns a promise of its end, inside of another: the outer one resolves when it is seen to have begun
 */
export async function beginLongRead(
  { sql }: Place,
  seconds: number,
  signal: AbortSignal,
): Promise<{ ended: Promise<void> }> {
  const reading = sql(`begin; select count(*) from users.users; select pg_sleep(${seconds}); commit;`);
  const ended = reading.then(() => undefined);
  ended.catch(() => undefined); // whoever awaits it is told
  const deadline = Date.now() + BEGUN_WITHIN_MS;
  const sleeping = `select count(*) from pg_stat_activity where query like '%pg_sleep(%' and pid <> pg_backend_pid();`;
  while (Number(await sql(sleeping)) === 0) {
    if (Date.now() > deadline) throw new Error('the long read did not begin');
    await waitUntil(Date.now() + LOOK_EVERY_MS, signal);
  }
  return { ended };
}

/** Undoes what the exercise did to the table, so that it can be done again. */
export async function undo({ sql }: Place): Promise<void> {
  await sql(`
    set lock_timeout = '5s';
    alter table users.users drop column if exists pronouns, drop column if exists careless;
    delete from users.kysely_migration where name >= '0003';`);
}
