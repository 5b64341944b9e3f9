/** How the modules are deployed. */
export const topologies = ['monolith', 'microservices'] as const;
export type Topology = (typeof topologies)[number];

/** The deployables that run code of ours, and so the ones that faults are aimed at. */
export const services = ['monolith', 'gateway', 'users', 'threads', 'posts'] as const;
export type Service = (typeof services)[number];

export const databases = ['monolith-db', 'users-db', 'threads-db', 'posts-db'] as const;
export type Database = (typeof databases)[number];

export type ComponentName = Service | Database;

/** A component as it runs now. A database has neither an admin nor a control port; what is down has no pid. */
export interface Component {
  name: ComponentName;
  pid: number | undefined;
  port: number;
  adminPort?: number;
  controlPort?: number;
}

/** What a component has used, read from the kernel's accounting; the counter starts anew with each process. */
export interface ComponentStats {
  name: ComponentName;
  pid: number;
  /** CPU time, user and system together, in seconds, since the process `pid` began. */
  cpuSeconds: number;
  /** Memory of its own in bytes; what its processes share is counted once. */
  memoryBytes: number;
}

/**
 * The verbs that experiments are written against, the same in every environment.
 * A fault verb resolves only when it was seen to have happened and throws otherwise.
 */
export interface EnvironmentDriver {
  /** Starts every component of both topologies and resolves when all are ready; after a failure call `down`. */
  up(): Promise<void>;
  /** Where a topology's API is reached, without a trailing slash. */
  baseUrl(topology: Topology): string;
  components(): Component[];
  /** Ends a component without warning and keeps it down until `restore`. */
  kill(service: Service): Promise<void>;
  /** Starts a killed component; resolves when it is ready. */
  restore(service: Service): Promise<void>;
  /** Hangs a component: its sockets stay open and nothing answers, until `resume`. */
  pause(service: Service): Promise<void>;
  resume(service: Service): Promise<void>;
  /** Stops a component in order and starts it again; resolves when it is ready. */
  restart(service: Service): Promise<void>;
  /** One entry a running component; empty where the system has no such accounting. */
  stats(): Promise<ComponentStats[]>;
  /** Stops everything; may be called at any time, also while `up` is under way. */
  down(): Promise<void>;
}
