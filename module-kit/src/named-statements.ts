import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { DatabaseError, type Pool, type PoolClient } from 'pg';

// A connection keeps each statement that it has prepared. More texts than this can only be texts with values in them.
const mostNames = 200;
// "cached plan must not change result type": a migration has changed a column since the statement was prepared
const featureNotSupported = '0A000';

/** What is needed of a pool. */
export type Connections = Pick<Pool, 'options' | 'end'> & { connect(): Promise<PoolClient> };

/**
 * The pool as Kysely's driver takes it, with each statement that has parameters prepared under a name, so that a
 * connection has PostgreSQL parse and plan it once. One whose columns were changed since then is sent as it is, and its
 * connection, which would go on failing, is closed.
 */
export function namingStatements(pool: Connections): PostgresPool {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size === mostNames) return known;
    const name = `statement_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
  const clients = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const naming = clients.get(client) ?? namingClient(client, nameOf);
      clients.set(client, naming);
      return naming;
    },
  };
}

/** @param nameOf the name for a text, undefined where it is to have none */
function namingClient(client: PoolClient, nameOf: (text: string) => string | undefined): PostgresPoolClient {
  let isOutdated = false;
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('There are no cursors here.');
    const statement = { text, values: [...values] };
    const name = values.length > 0 ? nameOf(text) : undefined;
    if (name === undefined) return client.query(statement);
    return client.query({ name, ...statement }).catch((error: unknown) => {
      if (!(error instanceof DatabaseError && error.code === featureNotSupported)) throw error;
      isOutdated = true;
      const isInTransaction = client.getTransactionStatus() !== 'I';
      if (isInTransaction) throw error; // it is lost
      return client.query(statement);
    });
  }
  return { query, release: (isBroken) => client.release(isBroken || isOutdated) };
}
