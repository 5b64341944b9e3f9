import type { DatabaseName, Module, ServiceName, Topology } from './environment.ts';

/** A service that has a database. */
export type Owner = Exclude<ServiceName, 'gateway'>;

/** What is to be known of a service's database. */
export interface Store {
  server: DatabaseName;
  database: string;
  /** Connections of one replica. */
  pool: number;
}

/** A component that runs code of ours. */
export interface ServiceSpec {
  name: ServiceName;
  replicas: number;
  /** The most that V8 keeps before the process ends, so that a leak has a limit. */
  heapMiB: number;
  store?: Store;
  /** The services that it asks. */
  peers: readonly Module[];
}

/** What a topology consists of. All have twelve connections and 1 GiB of heap in all. */
export interface Layout {
  /** Who answers at the topology's address. */
  entrance: 'monolith' | 'gateway';
  services: readonly ServiceSpec[];
  databases: readonly DatabaseName[];
  /** The gateway's routes: a path and who answers there. */
  routes: readonly { prefix: string; service: ServiceName }[];
}

const HEAP_MIB = 256;
const gateway: ServiceSpec = { name: 'gateway', replicas: 1, heapMiB: HEAP_MIB, peers: [] };
const peers: Readonly<Record<Module, readonly Module[]>> = {
  users: [],
  threads: ['users', 'posts'],
  posts: ['users', 'threads'],
};

function service(name: Module, server: DatabaseName): ServiceSpec {
  const store = { server, database: name, pool: 4 };
  return { name, replicas: 1, heapMiB: HEAP_MIB, store, peers: peers[name] };
}

function monolith(replicas: number, heapMiB: number, pool: number): ServiceSpec {
  const store = { server: 'monolith-db', database: 'forum', pool } as const;
  return { name: 'monolith', replicas, heapMiB, store, peers: [] };
}

const routes = (['users', 'threads', 'posts'] as const).map((name) => ({
  prefix: `/api/${name}`,
  service: name,
}));

export const layouts: Readonly<Record<Topology, Layout>> = {
  monolith: {
    entrance: 'monolith',
    services: [monolith(1, 4 * HEAP_MIB, 12)],
    databases: ['monolith-db'],
    routes: [],
  },
  microservices: {
    entrance: 'gateway',
    services: [
      gateway,
      service('users', 'users-db'),
      service('threads', 'threads-db'),
      service('posts', 'posts-db'),
    ],
    databases: ['users-db', 'threads-db', 'posts-db'],
    routes,
  },
  'monolith-replicated': {
    entrance: 'gateway',
    services: [gateway, monolith(3, HEAP_MIB, 4)],
    databases: ['monolith-db'],
    routes: [{ prefix: '/', service: 'monolith' }],
  },
  'microservices-shared-db': {
    entrance: 'gateway',
    services: [
      gateway,
      service('users', 'shared-db'),
      service('threads', 'shared-db'),
      service('posts', 'shared-db'),
    ],
    databases: ['shared-db'],
    routes,
  },
};

/** Whose code answers for a module, and which server and database hold its tables. */
export function runnerOf(layout: Layout, module: Module): { service: Owner; store: Store } {
  for (const { name, store } of layout.services) {
    if (store && (name === module || name === 'monolith')) return { service: name, store };
  }
  throw new Error(`nothing runs ${module}`);
}
