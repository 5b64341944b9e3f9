// The credentials of a stack's databases, as Swarm secrets: the superuser's of each server, and a migrator's and an
// application's of each database, so that a container is given those that it needs and no other.
import { randomBytes } from 'node:crypto';
import { read } from '../compose/command.ts';
import type { Topology } from '../environment.ts';
import { layouts } from '../layout.ts';

interface Secret {
  name: string;
  value: string;
}

/** Kept by `docker stack rm`: without them the data could not be read any more. */
const LABEL = 'cleave.secrets';

const password = (): string => randomBytes(24).toString('hex');
const url = (user: string, secret: string, host: string, database: string): string =>
  `postgres://${user}:${secret}@${host}:5432/${database}`;

/** @param stack is at the beginning of each name: `cleave-users-app-url` */
function secretsOf(stack: string, topology: Topology): Secret[] {
  const { databases, services } = layouts[topology];
  const servers = databases.flatMap((host): Secret[] => {
    const owner = `${stack}-${host.replace(/-db$/, '')}`;
    const secret = password();
    return [
      { name: `${owner}-superuser-password`, value: secret },
      { name: `${owner}-superuser-url`, value: url('postgres', secret, host, 'postgres') },
    ];
  });
  const roles = services.flatMap(({ name, store }): Secret[] => {
    if (!store) return [];
    const { server, database } = store;
    return ['migrator', 'app'].map((role) => ({
      name: `${stack}-${name}-${role}-url`,
      value: url(`${database}_${role}`, password(), server, database),
    }));
  });
  return [...servers, ...roles];
}

async function namesOf(stack: string): Promise<string[]> {
  const listed = ['secret', 'ls', '--filter', `label=${LABEL}=${stack}`, '--format', '{{.Name}}'];
  return (await read('docker', listed)).split('\n').filter(Boolean);
}

/**
 * Makes what a stack needs; changes nothing when all of it is there. @returns the names of those that it made
 * @throws Error when only some are there: new ones would not be those that the databases were made with
 */
export async function makeSecrets(stack: string, topology: Topology): Promise<string[]> {
  const there = new Set(await namesOf(stack));
  const secrets = secretsOf(stack, topology);
  const missing = secrets.filter(({ name }) => !there.has(name));
  if (missing.length > 0 && missing.length < secrets.length) {
    const names = missing.map(({ name }) => name).join(', ');
    throw new Error(`${stack} has lost some of its secrets (${names}): restore them, or remove the rest.`);
  }
  for (const { name, value } of missing) {
    await read('docker', ['secret', 'create', '--label', `${LABEL}=${stack}`, name, '-'], { input: value });
  }
  return missing.map(({ name }) => name);
}

/** Removes all secrets of a stack, which must not run any more. @returns their names */
export async function removeSecrets(stack: string): Promise<string[]> {
  const names = await namesOf(stack);
  if (names.length > 0) await read('docker', ['secret', 'rm', ...names]);
  return names;
}
