import type { Deployment, Module, PartName, ServiceName } from '../../environments/environment.ts';
import type { Fault, FaultName } from '../messages.ts';
import { Refused } from '../reply.ts';

interface Request {
  path: string;
  body: (prefix: string) => object;
}

/** What each fault inside a process is on its control port. */
const requests: Partial<Record<FaultName, Request>> = {
  block: { path: '/faults/block', body: () => ({ ms: 400, everyMs: 500 }) },
  slow: { path: '/faults/slow', body: (prefix) => ({ prefix, ms: 1_000 }) },
  errors: { path: '/faults/errors', body: (prefix) => ({ prefix, status: 500 }) },
  pool: { path: '/faults/pool', body: () => ({}) },
};

/** Whether the process itself misbehaves, on order of its control port. */
export const isInProcess = ({ fault }: Fault): boolean => requests[fault] !== undefined;

const prefixOf = (module: Module | undefined): string => (module ? `/api/${module}` : '/api/');

/** Begins a fault in every replica of a component. */
export async function startInProcess(deployment: Deployment, part: PartName, { fault, module }: Fault) {
  const request = requests[fault];
  if (!request) throw new Refused(400, `${fault} is no fault of a process.`);
  await deployment.control(asService(part), 'POST', request.path, request.body(prefixOf(module)));
}

/** Ends all faults inside a component's processes. */
export async function stopInProcess(deployment: Deployment, part: PartName): Promise<void> {
  await deployment.control(asService(part), 'DELETE', '/faults');
}

const services: readonly string[] = [
  'monolith',
  'gateway',
  'users',
  'threads',
  'posts',
] satisfies ServiceName[];
const isService = (part: PartName): part is ServiceName => services.includes(part);

function asService(part: PartName): ServiceName {
  if (isService(part)) return part;
  throw new Refused(400, `${part} is a database and has no control port.`);
}
