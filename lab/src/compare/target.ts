import type { Module, ServiceName } from '../environments/environment.ts';
import type { Topology } from './topologies.ts';

/** What faults are aimed at: the module, and the component that serves it in each topology. */
export const module: Module = 'posts';
export const target: Record<Topology, ServiceName> = { monolith: 'monolith', microservices: 'posts' };
