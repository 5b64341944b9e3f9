// The containers of the project that run.ts brought up: its environment names the project for docker compose.
import { read } from '../../lab/src/environments/compose/command.ts';

export const components = ['monolith', 'gateway', 'users', 'threads', 'posts'];
export const databases = ['monolith-db', 'users-db', 'threads-db', 'posts-db'];

export const compose = (...args: string[]): Promise<string> => read('docker', ['compose', ...args]);

/** Runs a command in a service's container. @throws Error with its stderr when it fails */
export const inside = (service: string, ...command: string[]): Promise<string> =>
  compose('exec', '-T', service, ...command);

/** Runs JavaScript in a component's container, in the folder of its package. */
export const script = (service: string, source: string): Promise<string> =>
  inside(service, 'node', '--input-type=module', '--eval', source);

/** What `docker inspect` tells of a service's container, in Go's template language. */
export async function inspect(service: string, format: string): Promise<string> {
  return read('docker', ['inspect', '--format', format, await compose('ps', '--all', '--quiet', service)]);
}

/** A database's superuser, asked over the socket in its own container. */
export const sql = (database: string, name: string, statement: string): Promise<string> =>
  inside(
    database,
    'psql',
    '--username=postgres',
    '--no-align',
    '--tuples-only',
    name,
    '--command',
    statement,
  );
