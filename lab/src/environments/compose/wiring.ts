import type { AnyTopology, DatabaseName, Module, PartName, ServiceName } from '../environment.ts';

/** What a topology consists of. */
export interface Wiring {
  services: readonly ServiceName[];
  databases: readonly DatabaseName[];
  /** The service whose port is published. */
  entrance: ServiceName;
  serving: Readonly<Record<Module, ServiceName>>;
  databaseOf: Readonly<Record<Module, DatabaseName>>;
  /** The databases' names on their servers. */
  databaseNames: Readonly<Record<Module, string>>;
}

const each = <T>(value: T): Record<Module, T> => ({ users: value, threads: value, posts: value });
const own = { users: 'users', threads: 'threads', posts: 'posts' } as const;

export const wirings: Readonly<Record<AnyTopology, Wiring>> = {
  monolith: {
    services: ['monolith'],
    databases: ['monolith-db'],
    entrance: 'monolith',
    serving: each('monolith'),
    databaseOf: each('monolith-db'),
    databaseNames: each('forum'),
  },
  microservices: {
    services: ['gateway', 'users', 'threads', 'posts'],
    databases: ['users-db', 'threads-db', 'posts-db'],
    entrance: 'gateway',
    serving: own,
    databaseOf: { users: 'users-db', threads: 'threads-db', posts: 'posts-db' },
    databaseNames: own,
  },
  'monolith-replicated': {
    services: ['gateway', 'monolith'],
    databases: ['monolith-db'],
    entrance: 'gateway',
    serving: each('monolith'),
    databaseOf: each('monolith-db'),
    databaseNames: each('forum'),
  },
  'microservices-shared-db': {
    services: ['gateway', 'users', 'threads', 'posts'],
    databases: ['shared-db'],
    entrance: 'gateway',
    serving: own,
    databaseOf: each('shared-db'),
    databaseNames: own,
  },
};

export const kindOf = (part: PartName): 'gateway' | 'service' | 'database' => {
  if (part === 'gateway') return 'gateway';
  return part.endsWith('-db') ? 'database' : 'service';
};
