import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { type PostgresServer, startPostgres } from '../../lab/src/environments/local/postgres.ts';

const run = promisify(execFile);
export const root = join(import.meta.dirname, '../..');

/** Who owns a database: the folder of its program. */
export type Owner = 'monolith' | 'services/users' | 'services/threads' | 'services/posts';
export type Role = 'migrator' | 'app';

/** A PostgreSQL server of a test's own. */
export interface Databases {
  server: PostgresServer;
  /** The URL of an owner's database, as one of its roles. */
  url(owner: Owner, role: Role): string;
  /** Runs the owner's migration step. @returns what it printed */
  migrate(owner: Owner): Promise<string>;
}

export async function startDatabases(): Promise<Databases> {
  const server = await startPostgres();
  const url = (owner: Owner, role: Role): string => {
    const database = owner.split('/').at(-1);
    return `postgres://${database}_${role}:${role}-s3cret@127.0.0.1:${server.port}/${database}`;
  };
  return {
    server,
    url,
    async migrate(owner) {
      const env = {
        DATABASE_SUPERUSER_URL: server.superuserUrl('postgres'),
        DATABASE_MIGRATOR_URL: url(owner, 'migrator'),
        DATABASE_URL: url(owner, 'app'),
      };
      const { stdout } = await run(process.execPath, [join(root, owner, 'src/migrate.ts')], { env });
      return stdout;
    },
  };
}

/** Runs one statement. @throws DatabaseError */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
