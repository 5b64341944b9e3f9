// Draws the map that every attacker of a topology gets, from what its components tell of themselves.
import { type Deployment, type Module, modules, type ServiceName } from '../../environments/environment.ts';
import { probeSource } from './bundle.ts';
import { namespace } from './inside/introduce.ts';
import {
  type ComponentTarget,
  type DatabaseTarget,
  type Introduction,
  introductionSchema,
  type Targets,
} from './targets.ts';

/** The components of a topology and what each told. */
export type Introductions = ReadonlyMap<ServiceName, Introduction>;

/** Asks every component that runs code of ours. */
export async function introductions(deployment: Deployment): Promise<Introductions> {
  const source = await probeSource('introduce.ts', 'introduce');
  const told = new Map<ServiceName, Introduction>();
  for (const service of await servicesOf(deployment)) {
    told.set(service, introductionSchema.parse(await deployment.probe(service, source)));
  }
  return told;
}

export async function servicesOf(deployment: Deployment): Promise<ServiceName[]> {
  const parts = await deployment.parts();
  const names: readonly ServiceName[] = ['monolith', 'gateway', ...modules];
  return names.filter((name) => parts.some((part) => part.name === name));
}

/** @param host a listener on the machine, see Targets */
export async function drawMap(
  deployment: Deployment,
  told: Introductions,
  host: Targets['host'],
): Promise<Targets> {
  const parts = await deployment.parts();
  const pidOf = (name: ServiceName) => parts.find((part) => part.name === name)?.replicas[0]?.pid;
  const serving = (module: Module): ServiceName => deployment.serving(module);
  return {
    components: [...told].map(([name, introduction]) => componentTarget(name, introduction, pidOf(name))),
    databases: modules.map((module) => databaseTarget(module, told.get(serving(module)))),
    serving: { users: serving('users'), threads: serving('threads'), posts: serving('posts') },
    outside: { address: '1.1.1.1', port: 443, name: 'example.com' },
    host,
  };
}

function componentTarget(name: ServiceName, told: Introduction, pid: number | undefined): ComponentTarget {
  const { instance, addresses, ports } = told;
  const processNamespace = told.namespaces.process;
  // as this machine counts, or the first in a container
  const number = processNamespace === namespace('pid') ? (pid ?? 0) : 1;
  return { name, instance, addresses, ports, processNamespace, pid: number };
}

const writes: Record<Module, string[]> = {
  users: [
    `insert into users.users (username, name, bio) values ('intruder', 'Intruder', '')`,
    'update users.users set bio = bio where id = 1',
    'delete from users.users where id = 1',
  ],
  threads: [
    `insert into threads.threads (title, created_by) values ('Intruder', 1)`,
    'update threads.threads set title = title where id = 1',
    'delete from threads.threads where id = 1',
  ],
  posts: [
    `insert into posts.posts (thread, text, "user") values (1, 'Intruder', 1)`,
    'update posts.posts set text = text where id = 1',
    'delete from posts.posts where id = 1',
  ],
};

function databaseTarget(module: Module, told: Introduction | undefined): DatabaseTarget {
  const database = told?.database;
  if (!database) throw new Error(`nobody told of a database for ${module}`);
  const { addresses, port, name, role } = database;
  return {
    module,
    addresses,
    port,
    name,
    roles: { app: role, migrator: role.replace(/_app$/, '_migrator'), superuser: 'postgres' },
    read: `select from ${module}.${module}`,
    writes: writes[module],
  };
}
