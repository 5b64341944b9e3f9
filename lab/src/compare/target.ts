import type { MainTopology, Module, ServiceName } from '../environments/environment.ts';

/** What faults are aimed at: the module, and the component that serves it in each topology. */
export const module: Module = 'posts';
export const target: Record<MainTopology, ServiceName> = { monolith: 'monolith', microservices: 'posts' };
