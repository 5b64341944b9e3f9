import { Refused } from '../site.ts';

/** What runs on ECS. The gateway does not: the load balancer's rules do its work. */
export const componentNames = ['monolith', 'users', 'threads', 'posts'] as const;
export type ComponentName = (typeof componentNames)[number];
export type ServiceName = Exclude<ComponentName, 'monolith'>;
export const serviceNames = ['users', 'threads', 'posts'] as const satisfies readonly ServiceName[];

export const topologies = { monolith: ['monolith'], microservices: serviceNames } as const satisfies Record<
  string,
  readonly ComponentName[]
>;
export type Topology = keyof typeof topologies;

export interface Size {
  /** Of 1024 to a vCPU. */
  cpu: number;
  memoryMiB: number;
  /** Tasks to start with: two, in two zones. */
  tasks: number;
  /** Database connections of one task: twelve in all, in both topologies. */
  pool: number;
}

const service: Size = { cpu: 256, memoryMiB: 512, tasks: 2, pool: 2 };

export const sizes: Readonly<Record<ComponentName, Size>> = {
  monolith: { cpu: 1024, memoryMiB: 2048, tasks: 2, pool: 6 },
  users: service,
  threads: service,
  posts: service,
};

/** The CPU that a task on Fargate may have here, with the least memory that goes with it, in MiB. */
const leastMemory: ReadonlyMap<number, number> = new Map([
  [256, 512],
  [512, 1_024],
  [1_024, 2_048],
  [2_048, 4_096],
]);

/** A component's CPU and connections over another number of tasks. @throws Refused when Fargate has no such size */
export function sizeOf(component: ComponentName, tasks: number): Size {
  const usual = sizes[component];
  const cpu = (usual.cpu * usual.tasks) / tasks;
  const memoryMiB = leastMemory.get(cpu);
  if (memoryMiB === undefined)
    throw new Refused(`${component} has no ${tasks} tasks: Fargate has none with ${cpu} of 1,024 to a vCPU.`);
  return { cpu, memoryMiB, tasks, pool: Math.floor((usual.pool * usual.tasks) / tasks) };
}

/** Requests with the header `x-cleave-component` go to that component; the rules need an order. */
export const previewPriority: Readonly<Record<ComponentName, number>> = {
  monolith: 1,
  users: 2,
  threads: 3,
  posts: 4,
};

/** Who asks whom, as in the compose files. */
export const peersOf: Readonly<Record<ComponentName, readonly ServiceName[]>> = {
  monolith: [],
  users: [],
  threads: ['users', 'posts'],
  posts: ['users', 'threads'],
};

/** As a component is called in the outputs and parameters of templates: `Users`. */
export const titled = (name: ComponentName): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
