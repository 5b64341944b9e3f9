import type { Service, Topology } from '../environments/driver.ts';

/** The component that serves posts in each topology: the one that faults are aimed at. */
export const target: Record<Topology, Service> = { monolith: 'monolith', microservices: 'posts' };
