// The containers behind the tasks of a stack, each on the engine of its node.
import { dockerAt } from '../compose/command.ts';
import { type Container, inspectContainer } from '../compose/containers.ts';
import type { Shell } from '../inside/shell.ts';
import { hostPid } from './host-pid.ts';
import type { Node } from './nodes.ts';
import type { Swarm } from './swarm.ts';
import { listTasks, type Task } from './tasks.ts';

/** A replica that Swarm wants, and its container, which may not be there (yet, or any more). */
export interface Replica {
  task: Task;
  node: Node | undefined;
  container: Container | undefined;
  /** Of its first process, as this machine sees it where it can. */
  pid: number | undefined;
}

/** The replicas of a service that Swarm wants, those on the first node and in the first slots first. */
export async function listReplicas(swarm: Swarm, service: string): Promise<Replica[]> {
  const [nodes, tasks] = await Promise.all([swarm.nodes(), listTasks(swarm.manager, service)]);
  const rank = ({ slot, node }: Task): number =>
    slot * nodes.length + nodes.findIndex(({ id }) => id === node);
  const wanted = tasks.filter(({ isWanted }) => isWanted).sort((a, b) => rank(a) - rank(b));
  return Promise.all(
    wanted.map(async (task): Promise<Replica> => {
      const node = nodes.find(({ id }) => id === task.node);
      const container = await containerOf(task, node);
      return { task, node, container, pid: await pidOf(container, node) };
    }),
  );
}

async function containerOf({ container }: Task, node: Node | undefined): Promise<Container | undefined> {
  if (container === undefined || node === undefined) return undefined;
  try {
    return await inspectContainer(node.engine, container);
  } catch (error) {
    if (isWithoutPower(error)) return undefined;
    throw error;
  }
}

/** An engine in a namespace of this machine numbers processes in its own way. */
async function pidOf(container: Container | undefined, node: Node | undefined): Promise<number | undefined> {
  if (container?.pid === undefined || node?.host === undefined) return container?.pid;
  return (await hostPid(container.id)) ?? container.pid;
}

/** Nobody listens at the engine's socket, or it went away while it was asked. */
const isWithoutPower = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ECONNREFUSED', 'ENOENT', 'ECONNRESET'].includes(String(error.code));

/** A replica whose container runs. */
export interface Running extends Replica {
  node: Node;
  container: Container;
}

export function isRunning(replica: Replica): replica is Running {
  return replica.node !== undefined && replica.container?.isRunning === true;
}

export const insideOf = ({ node, container: { name } }: Running): Shell => ({
  file: 'docker',
  args: [...dockerAt(node.host), 'exec', '--interactive', name],
  name,
});
