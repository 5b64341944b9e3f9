// What experiments are written against: the same few verbs wherever a topology runs.

/** How the modules are deployed. The last two are controls: whole copies, and a split that shares its database server. */
export const allTopologies = [
  'monolith',
  'microservices',
  'monolith-replicated',
  'microservices-shared-db',
] as const;
export type Topology = (typeof allTopologies)[number];

/** The two that are compared, and that `npm start` starts. */
export const mainTopologies = ['monolith', 'microservices'] as const satisfies readonly Topology[];
export type MainTopology = (typeof mainTopologies)[number];

/** Where topologies run. */
export const environmentNames = ['local', 'compose', 'swarm', 'kubernetes', 'ecs'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/** Those that an environment can run: on ECS a service has a database of its own, or shares the monolith's. */
export const topologiesIn = (environment: EnvironmentName): Topology[] =>
  allTopologies.filter((topology) => environment !== 'ecs' || topology !== 'microservices-shared-db');

export const modules = ['users', 'threads', 'posts'] as const;
export type Module = (typeof modules)[number];

/** A component that runs code of ours. */
export type ServiceName = 'monolith' | 'gateway' | Module;
export type DatabaseName = 'monolith-db' | `${Module}-db` | 'shared-db';
export type PartName = ServiceName | DatabaseName;

/** One process (or container) of a component. */
export interface ReplicaInfo {
  /** Unique within the environment: a container's name, or `<topology>/<component>-<n>`. */
  id: string;
  /** What this replica says in `x-served-by`; a database has none. */
  instance?: string;
  /** As this machine sees it; undefined while it is down. */
  pid: number | undefined;
}

export interface Part {
  name: PartName;
  kind: 'gateway' | 'service' | 'database';
  replicas: ReplicaInfo[];
}

/** What one replica has used. Counters start anew with each process or container start. */
export interface Usage {
  part: PartName;
  replica: string;
  /** User and system time in seconds, from the kernel's accounting. */
  cpuSeconds: number;
  memoryBytes: number;
  /** Bytes over the network since the start; null where the system does not tell by component. */
  receivedBytes: number | null;
  sentBytes: number | null;
}

/** A version that can be rolled out: the code of today, started with these variables besides. */
export interface Version {
  /** As in `v2` or `fails-readiness`. */
  name: string;
  env: Readonly<Record<string, string>>;
  /** Where components are images: the one to run, as in `cleave/posts:changed`. Elsewhere the code is today's. */
  image?: string;
}

export interface Rollout {
  /** Whether the new version serves now, or the old one does again since the new one never became ready. */
  outcome: 'deployed' | 'rolled back';
  /** From the order to the outcome. */
  seconds: number;
}

/**
 * One topology that is up. A fault verb resolves only when it was seen to have happened and throws otherwise.
 * Verbs on a component with several replicas mean the first one unless they say otherwise.
 */
export interface Deployment {
  readonly topology: Topology;
  /** Where the API is reached, without a trailing slash. */
  readonly baseUrl: string;
  /** All components with their replicas as they are now. */
  parts(): Promise<Part[]>;
  /** Which component runs a module's code, and which holds its tables. */
  serving(module: Module): ServiceName;
  databaseOf(module: Module): DatabaseName;
  /** SIGKILL; it stays down until `restore`, which resolves when the component is ready again. */
  kill(part: PartName): Promise<void>;
  restore(part: PartName): Promise<void>;
  /** The process stands still with its sockets open, until `resume`. */
  pause(part: PartName): Promise<void>;
  resume(part: PartName): Promise<void>;
  /** Stops all replicas in order and starts them again; resolves when they are ready. */
  restart(part: PartName): Promise<void>;
  /** Resolves when `replicas` replicas are ready and the gateway sends to all of them. */
  scale(service: ServiceName, replicas: number): Promise<void>;
  /**
   * Rolls a version out, one replica after the other: start-first behind the gateway, stop-first where the component
   * owns the port (monolith). A version that is not ready within `readyWithinMs` is taken back.
   */
  deploy(service: ServiceName, version: Version, readyWithinMs: number): Promise<Rollout>;
  /** Asks the control port of every replica; gives the parsed JSON answers. Throws on any status but 2xx. */
  control(
    service: ServiceName,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<unknown[]>;
  /** Holds an ACCESS EXCLUSIVE lock on the module's table (`posts.posts`) until the returned function is called. */
  lock(module: Module): Promise<() => Promise<void>>;
  /** One entry a running replica; empty where the system has no such accounting. */
  usage(): Promise<Usage[]>;
  /** Client connections that a database server has now, besides the one that asks. */
  connections(database: DatabaseName): Promise<number>;
  /**
   * Runs an ES module (source text) with exactly the privileges of the first replica's own process: its environment,
   * user, files and network. Resolves with the JSON that it writes to stdout; throws when it writes none.
   */
  probe(service: ServiceName, source: string): Promise<unknown>;
}

/** Starts topologies somewhere and removes them. */
export interface Environment {
  readonly name: EnvironmentName;
  /** Whether the platform starts what ended by itself; otherwise a killed part stays down until `restore`. */
  readonly heals: boolean;
  /** One sentence on how CPU, memory and connections are limited. */
  readonly budgets: string;
  readonly enforcesBudgets: boolean;
  /** Starts these topologies and resolves when all are ready; after a failure call `down`. */
  up(topologies: readonly Topology[], onReady?: (what: string) => void): Promise<void>;
  /** Throws when that topology is not up. */
  deployment(topology: Topology): Deployment;
  /** Stops everything and leaves nothing; may be called at any time, also while `up` is under way. */
  down(): Promise<void>;
}

/** For tests and faults: a version like the one that runs. */
export const sameVersion: Version = { name: 'same', env: {} };
