import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { within } from '../within.ts';
import type { Shell } from './shell.ts';
import { applicationName, psqlCommand, query } from './sql.ts';

/** A lock waits for transactions that use the table; none of ours takes as long. */
const HELD_WITHIN_MS = 10_000;

/**
 * Holds an ACCESS EXCLUSIVE lock on a table in a session of its own, until the returned function is called.
 * @throws Error when pg_locks does not show it in time
 */
export async function lockTable(
  inside: Shell,
  database: string,
  table: string,
): Promise<() => Promise<void>> {
  const words = [...inside.args, ...psqlCommand(database)];
  const session = spawn(inside.file, words, { stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = once(session, 'close');
  session.stdin.on('error', () => undefined); // a session that ended early is seen below
  session.stdin.write(`begin; lock table ${table} in access exclusive mode;\n`);
  const release = async (): Promise<void> => {
    session.stdin.end('rollback;\n'); // psql ends with its input
    await ended;
    if (await isHeld(inside, database, table)) throw new Error(`the lock on ${table} was not released`);
  };
  if (await within(HELD_WITHIN_MS, () => isHeld(inside, database, table))) return release;
  session.stdin.end();
  throw new Error(`expected a lock on ${table} within ${HELD_WITHIN_MS} ms`);
}

async function isHeld(inside: Shell, database: string, table: string): Promise<boolean> {
  const held = `
    select count(*) from pg_locks join pg_stat_activity using (pid)
    where application_name = '${applicationName}' and granted and mode = 'AccessExclusiveLock'
      and relation = '${table}'::regclass;`;
  return z.coerce.number().parse(await query(inside, database, held)) > 0;
}
