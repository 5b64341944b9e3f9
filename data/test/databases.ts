import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { type PostgresServer, startPostgres } from '../../lab/src/environments/local/postgres.ts';
import type { DatabaseName } from '../src/target.ts';

const run = promisify(execFile);
const entryPoints: Readonly<Record<DatabaseName, string>> = {
  'monolith-db': 'monolith',
  'users-db': 'services/users',
  'threads-db': 'services/threads',
  'posts-db': 'services/posts',
};

/** The databases of both topologies on one server, migrated by the components' own programs. */
export interface Databases {
  server: PostgresServer;
  /** As the roles that own the tables. */
  urls: Readonly<Record<DatabaseName, string>>;
  /** As the roles of the components. */
  appUrls: Readonly<Record<DatabaseName, string>>;
}

export async function startDatabases(): Promise<Databases> {
  const server = await startPostgres();
  const urlsOf = (role: string) => {
    const url = (name: DatabaseName) =>
      `postgres://${name}_${role}:pw@127.0.0.1:${server.port}/${name.replace('-', '_')}`;
    return {
      'monolith-db': url('monolith-db'),
      'users-db': url('users-db'),
      'threads-db': url('threads-db'),
      'posts-db': url('posts-db'),
    };
  };
  const databases = { server, urls: urlsOf('migrator'), appUrls: urlsOf('app') };
  await Promise.all([migrate('monolith-db', databases), migrate('users-db', databases)]);
  await Promise.all([migrate('threads-db', databases), migrate('posts-db', databases)]);
  return databases;
}

async function migrate(name: DatabaseName, { server, urls, appUrls }: Databases): Promise<void> {
  const program = fileURLToPath(new URL(`../../${entryPoints[name]}/src/migrate.ts`, import.meta.url));
  const env = {
    DATABASE_SUPERUSER_URL: server.superuserUrl('postgres'),
    DATABASE_MIGRATOR_URL: urls[name],
    DATABASE_URL: appUrls[name],
  };
  await run(process.execPath, [program], { env });
}

/** The rows that a query gives. */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
