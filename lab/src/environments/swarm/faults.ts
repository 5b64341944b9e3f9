// Faults of a replica, each seen to have happened. Swarm puts a new container in the place of one that ends.
import { z } from 'zod';
import { type Container, inspectContainer } from '../compose/containers.ts';
import { runInside } from '../inside/shell.ts';
import { insideOf, type Running } from './replicas.ts';
import { within } from './waiting.ts';

const SEEN_WITHIN_MS = 10_000;
const processes = z.object({ Titles: z.array(z.string()), Processes: z.array(z.array(z.string())) });

/** SIGKILL to all that runs in it. Resolves when it has ended; Swarm may have made another one by then. */
export async function kill({ node, container }: Running): Promise<void> {
  await node.engine.post(`/containers/${container.id}/kill`);
  const hasEnded = async (): Promise<boolean> =>
    !(await inspectContainer(node.engine, container.id))?.isRunning;
  await expect(container, 'down', hasEnded);
}

/**
 * Stops every process in it with SIGSTOP. Docker's own pause would stop its health checks, too, and Swarm would never
 * find out.
 */
export async function pause(running: Running, isDatabase: boolean): Promise<void> {
  await signal(running, 'STOP');
  if (isDatabase) await signalOthers(running, 'STOP');
  await expect(running.container, 'stopped', () => isStopped(running));
}

/** Lets it go on. Where Swarm has put another one in its place by then, there is nothing to do. */
export async function resume(running: Running, isDatabase: boolean): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    (await inspectContainer(running.node.engine, running.container.id))?.isRunning === true;
  if (!(await isThere())) return;
  try {
    if (isDatabase) await signalOthers(running, 'CONT');
    await signal(running, 'CONT');
  } catch (error) {
    if (await isThere()) throw error;
  }
}

const signal = ({ node, container }: Running, name: string): Promise<void> =>
  node.engine.post(`/containers/${container.id}/kill?signal=${name}`);

/** All but the first: a server's sessions are processes of their own. */
const signalOthers = (running: Running, name: string): Promise<string> =>
  runInside(insideOf(running), ['sh', '-c', `kill -${name} -1`]);

/** Whether the first process stands still, as `ps` on its node sees it. */
async function isStopped({ node, container }: Running): Promise<boolean> {
  const args = encodeURIComponent('-eo pid,stat');
  const seen = processes.parse(await node.engine.get(`/containers/${container.id}/top?ps_args=${args}`));
  const state = seen.Processes.find(([pid]) => Number(pid) === container.pid)?.[1] ?? '';
  return state.startsWith('T');
}

async function expect({ name }: Container, what: string, is: () => Promise<boolean>): Promise<void> {
  if (await within(SEEN_WITHIN_MS, is)) return;
  throw new Error(`expected ${name} to be ${what} within ${SEEN_WITHIN_MS} ms`);
}
