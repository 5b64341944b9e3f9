import type { TableName } from './plan.ts';
import { type Table, tables } from './tables.ts';

/** A database by the name of its component. */
export type DatabaseName = 'monolith-db' | 'users-db' | 'threads-db' | 'posts-db';

const holds: Readonly<Record<DatabaseName, readonly TableName[]>> = {
  'monolith-db': ['users', 'threads', 'posts'],
  'users-db': ['users'],
  'threads-db': ['threads'],
  'posts-db': ['posts'],
};
export const databaseNames = ['monolith-db', 'users-db', 'threads-db', 'posts-db'] as const;

/** A database to load into, and which tables it holds. */
export interface Target {
  name: DatabaseName;
  /** As the role that owns the tables: sequences, ANALYZE and TRUNCATE are denied to the application's role. */
  url: string;
  tables: readonly Table[];
}

/** The targets that have a URL. */
export function targetsAt(urls: Partial<Record<DatabaseName, string | undefined>>): Target[] {
  return databaseNames.flatMap((name) => {
    const url = urls[name];
    return url === undefined ? [] : [{ name, url, tables: holds[name].map((table) => tables[table]) }];
  });
}
