// Faults of a container's processes, each seen to have happened. What Kubernetes does about them is part of what is
// measured: it starts again what has ended, and what its liveness probe does not reach.
import { SEEN_WITHIN_MS } from '../compose/waiting.ts';
import { inspect, type ProcessInfo, signal } from '../local/processes.ts';
import { within } from '../within.ts';
import type { Pod } from './pods.ts';
import { processesOf } from './processes.ts';

/** SIGKILL to the container's first process, with which all of it ends. */
export async function kill(pod: Pod): Promise<void> {
  const { main } = await runningIn(pod);
  const before = await inspect(main);
  signal(main, 'SIGKILL');
  await seen(`${pod.name} to be gone`, async () => (await inspect(main))?.began !== before?.began);
}

/** Every process of the container stands still with its sockets open. */
export async function pause(pod: Pod): Promise<void> {
  const { all } = await runningIn(pod);
  for (const pid of all) signal(pid, 'SIGSTOP');
  await seen(`${pod.name} to stand still`, async () => (await statesOf(all)).every(isStopped));
}

/** @throws Error too when it did not stay paused in the meantime */
export async function resume(pod: Pod): Promise<void> {
  const { main, all } = await runningIn(pod);
  const process = await inspect(main);
  if (process === undefined || !isStopped(process)) throw new Error(`${pod.name} did not stay paused`);
  for (const pid of all) signal(pid, 'SIGCONT');
  await seen(`${pod.name} to run again`, async () => !(await statesOf(all)).some(isStopped));
}

const isStopped = ({ state }: ProcessInfo): boolean => state === 'T';

const statesOf = async (pids: readonly number[]): Promise<ProcessInfo[]> =>
  (await Promise.all(pids.map(inspect))).filter((process) => process !== undefined);

async function runningIn({ name, container }: Pod): Promise<{ main: number; all: number[] }> {
  const { main, all = [] } = (container && (await processesOf([container.id])).get(container.id)) ?? {};
  if (main === undefined) throw new Error(`${name} runs no process on this machine`);
  return { main, all };
}

async function seen(what: string, ask: () => Promise<boolean>): Promise<void> {
  if (!(await within(SEEN_WITHIN_MS, ask))) throw new Error(`expected ${what} within ${SEEN_WITHIN_MS} ms`);
}
