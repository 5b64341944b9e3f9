import {
  type Deployment,
  type Module,
  modules,
  type Part,
  type PartName,
} from '../../environments/environment.ts';
import type { Fault, FaultName } from '../messages.ts';

/** How a fault is said to have happened to a component or, where one is named, to a module. */
const done: Record<FaultName, (what: string) => string> = {
  kill: (what) => `${what} killed`,
  hang: (what) => `${what} hung: connections open, no answers`,
  block: (what) => `${what}: event loop blocked for 400 of every 500 ms`,
  slow: (what) => `${what} slow: each request waits 1 s more`,
  errors: (what) => `${what} answers 500`,
  pool: (what) => `${what}: every database connection of the pool is held`,
  lock: (what) => `table of ${what} locked`,
};

/** The modules whose code a component runs, or whose tables it holds. */
export function modulesOf(deployment: Pick<Deployment, 'serving' | 'databaseOf'>, part: PartName): Module[] {
  return modules.filter((one) => deployment.serving(one) === part || deployment.databaseOf(one) === part);
}

/** The faults that a component can be given. */
export function offersOf({ kind }: Part, served: readonly Module[]): Fault[] {
  if (kind === 'database') return [{ fault: 'kill' }, ...each('lock', served)];
  const process: Fault[] = [{ fault: 'kill' }, { fault: 'hang' }];
  if (kind === 'gateway') return process; // it runs no module, and so takes no faults of code
  return [
    ...process,
    { fault: 'block' },
    { fault: 'pool' },
    ...each('slow', served),
    ...each('errors', served),
  ];
}

function each(fault: FaultName, served: readonly Module[]): Fault[] {
  return served.map((module) => ({ fault, module }));
}

export function sameFault(a: Fault, b: Fault): boolean {
  return a.fault === b.fault && a.module === b.module;
}

/** A sentence for the log, such as "posts killed". */
export function sayFault(part: PartName, { fault, module }: Fault): string {
  if (fault === 'kill' && part.endsWith('-db')) return `${part} stopped`;
  return done[fault](module === undefined || module === part ? part : `${module} in ${part}`);
}
