import { type Client, escapeIdentifier } from 'pg';
import type { Module } from '../environment.ts';
import type { Store } from '../layout.ts';
import type { Ground } from './ground.ts';
import { connectAsSuperuser } from './superuser.ts';

const GRANTED = `select from pg_locks where relation = $1::regclass and pid = pg_backend_pid()
  and mode = 'AccessExclusiveLock' and granted`;

/**
 * Holds an ACCESS EXCLUSIVE lock on a module's table until the returned function is called, which throws when the
 * lock was lost before.
 * @throws Error when the lock cannot be had within 5 s
 */
export async function lockTable(ground: Ground, store: Store, module: Module): Promise<() => Promise<void>> {
  const client = await connectAsSuperuser(ground, store.server, store.database);
  const table = `${escapeIdentifier(module)}.${escapeIdentifier(module)}`;
  const release = async (): Promise<void> => {
    try {
      await requireLock(client, table);
      await client.query('rollback');
    } finally {
      await client.end();
    }
  };
  try {
    await client.query(`set lock_timeout = '5s'; begin; lock table ${table} in access exclusive mode`);
    await requireLock(client, table);
    return release;
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function requireLock(client: Client, table: string): Promise<void> {
  const { rowCount } = await client.query(GRANTED, [table]);
  if (rowCount !== 1) throw new Error(`the lock on ${table} is not held`);
}
