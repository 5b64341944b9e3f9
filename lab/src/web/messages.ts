// What the page's server tells the page. Types only: the page's scripts are checked against them too.
import type { Module, PartName, Topology } from '../environments/environment.ts';

/** Routes are drawn in four groups: those of each module, and the one read that needs all three. */
export const routeGroups = ['users', 'threads', 'posts', 'discussion'] as const;
export type RouteGroup = (typeof routeGroups)[number];

export type FaultName = 'kill' | 'hang' | 'block' | 'slow' | 'errors' | 'pool' | 'lock';

/** A fault that a component offers. A module is named where the fault hits one module's code or table. */
export interface Fault {
  fault: FaultName;
  module?: Module;
}

export interface Order extends Fault {
  topology: Topology;
  part: PartName;
}

/** Requests that ended in one second. */
export interface Cell {
  requests: number;
  failed: number;
  /** Answered well, with a part left out. */
  degraded: number;
  /** Of those answered well; null when there were none. */
  p99Ms: number | null;
}

/** A component as it is now. */
export interface PartNow {
  name: PartName;
  replicas: number;
  running: number;
  /** Cores in use over the last second; null where it is not known. */
  cores: number | null;
  memoryBytes: number | null;
  faults: Fault[];
}

export interface TopologyParts {
  topology: Topology;
  parts: PartNow[];
}

export interface TopologySecond {
  topology: Topology;
  groups: Record<RouteGroup, Cell>;
  /** By route, as in `GET /api/users/:userId`. */
  routes: Record<string, Cell>;
  /** Requests sent and not answered yet, at the second's end. */
  waiting: number;
  /** Requests that were due and not sent, because too many were waiting. */
  dropped: number;
}

/** One second of load. `at` is its end, in milliseconds since 1970. */
export interface Second {
  at: number;
  /** Requests a second to each topology that the slider asked for. */
  rate: number;
  topologies: TopologySecond[];
}

/** A line of what happened. */
export interface Entry {
  at: number;
  kind: 'fault' | 'undo' | 'load' | 'harm' | 'well' | 'note';
  topology?: Topology;
  text: string;
}

/** What does not change while the page is open. */
export interface TopologyHello {
  name: Topology;
  baseUrl: string;
  parts: { name: PartName; kind: 'gateway' | 'service' | 'database'; modules: Module[]; faults: Fault[] }[];
}

export interface Hello {
  topologies: TopologyHello[];
  seconds: Second[];
  log: Entry[];
  rate: number;
  highestRate: number;
}

/** The events of the stream, by name. */
export interface Events {
  hello: Hello;
  second: Second;
  parts: TopologyParts[];
  rate: number;
  entry: Entry;
}
