import { fileURLToPath } from 'node:url';
import type { Database, Service } from '../driver.ts';

const root = new URL('../../../../', import.meta.url);

/** The folder of each service's package. */
const packages: Readonly<Record<Service, string>> = {
  monolith: 'monolith',
  gateway: 'gateway',
  users: 'services/users',
  threads: 'services/threads',
  posts: 'services/posts',
};

/** A service that has a database. */
export type Owner = Exclude<Service, 'gateway'>;

/** What is to be known of a service's database. Both topologies have twelve connections in all. */
export interface Store {
  server: Database;
  database: string;
  pool: number;
}

export const stores: Readonly<Record<Owner, Store>> = {
  monolith: { server: 'monolith-db', database: 'forum', pool: 12 },
  users: { server: 'users-db', database: 'users', pool: 4 },
  threads: { server: 'threads-db', database: 'threads', pool: 4 },
  posts: { server: 'posts-db', database: 'posts', pool: 4 },
};

export const owners = ['monolith', 'users', 'threads', 'posts'] as const satisfies readonly Owner[];

/** The program of a service: `main` serves, `migrate` prepares its database. */
export function entryPoint(service: Service, program: 'main' | 'migrate'): string {
  return fileURLToPath(new URL(`${packages[service]}/src/${program}.ts`, root));
}
