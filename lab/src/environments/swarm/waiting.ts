import { within as askWithin } from '../within.ts';
import { listServices, readService, type Service } from './services.ts';
import type { Swarm } from './swarm.ts';
import { isLeaving, listTasks, type Task } from './tasks.ts';

/** How long a service may take to have all its replicas healthy; a database may have to recover first. */
export const READY_WITHIN_MS = 300_000;
/** Each question costs the manager, and everything that is measured beside it, some CPU. */
const ASK_EVERY_MS = 200;

/** Asks again and again until the answer is true. @returns false when it was not within `ms` */
export const within = (ms: number, ask: () => Promise<boolean>): Promise<boolean> =>
  askWithin(ms, ask, ASK_EVERY_MS);

/** Whether a service has what it is to have, and nothing of what it is not to have any more. */
async function isSettled(swarm: Swarm, service: Service): Promise<boolean> {
  const tasks = await listTasks(swarm.manager, service.id);
  if (service.isJob) return isDone(service, tasks);
  const running = tasks.filter(({ isWanted, state }) => isWanted && state === 'running');
  const takers = async (): Promise<number> =>
    (await swarm.nodes()).filter(({ isReady, takesTasks }) => isReady && takesTasks).length;
  const wanted = service.replicas ?? (await takers());
  return running.length === wanted && !(await hasLeaving(swarm, tasks));
}

/** A node that is down says nothing of its tasks any more: they are not waited for. */
async function hasLeaving(swarm: Swarm, tasks: readonly Task[]): Promise<boolean> {
  const ready = new Set((await swarm.nodes()).filter(({ isReady }) => isReady).map(({ id }) => id));
  return tasks.some((task) => isLeaving(task) && (task.node === '' || ready.has(task.node)));
}

const isDone = ({ iteration }: Service, tasks: readonly Task[]): boolean =>
  tasks.some((task) => task.iteration === iteration && task.state === 'complete');

/** @param name with the stack's @throws Error with what the last task said, when it is not settled in time */
export async function settled(swarm: Swarm, name: string, ms = READY_WITHIN_MS): Promise<void> {
  const isIt = async (): Promise<boolean> => isSettled(swarm, await readService(swarm.manager, name));
  if (await within(ms, isIt)) return;
  throw new Error(`${name} did not become ready within ${ms / 1_000} s${await whyNot(swarm, name)}`);
}

async function whyNot(swarm: Swarm, name: string): Promise<string> {
  const errors = (await listTasks(swarm.manager, name)).flatMap(({ error }) => error ?? []);
  return errors.length === 0 ? '' : `: ${[...new Set(errors)].join('; ')}`;
}

/** Waits for all services of a stack. @param onReady is told of each, as the stack's file calls it */
export async function stackSettled(
  swarm: Swarm,
  stack: string,
  onReady: (part: string) => void = () => undefined,
): Promise<void> {
  const services = await listServices(swarm.manager, stack);
  await Promise.all(
    services.map(async ({ part }) => {
      await settled(swarm, `${stack}_${part}`);
      onReady(part);
    }),
  );
}
