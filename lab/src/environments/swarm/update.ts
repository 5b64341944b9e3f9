// One service's change from one version to another, as Swarm does it: replica by replica, and back when one fails.
import { read } from '../compose/command.ts';
import type { Rollout } from '../environment.ts';
import { readService, type Service } from './services.ts';
import type { Swarm } from './swarm.ts';
import { listTasks } from './tasks.ts';
import { settled, within } from './waiting.ts';

/** Longer than any update of ours that goes on by itself. */
const OVER_WITHIN_MS = 600_000;

/**
 * Follows an update to its end, and takes it back when no further replica of it becomes ready within `readyWithinMs`;
 * Swarm does so itself when one ends or is found to be unhealthy.
 * @throws Error when the version before did not come back either
 */
export async function followUpdate(
  swarm: Swarm,
  name: string,
  readyWithinMs: number,
): Promise<Rollout['outcome']> {
  let ready = 0;
  let deadline = performance.now() + readyWithinMs;
  let state = '';
  const isOver = async (): Promise<boolean> => {
    const service = await readService(swarm.manager, name);
    state = service.update?.state ?? '';
    if (state !== 'updating') return state !== '' && state !== 'rollback_started';
    const now = await countReady(swarm, service);
    if (now > ready) deadline = performance.now() + readyWithinMs;
    ready = now;
    if (performance.now() > deadline && !(await hasAll(swarm, service, ready))) await takeBack(swarm, name);
    return false;
  };
  if (!(await within(OVER_WITHIN_MS, isOver))) throw new Error(`${name} is still ${state}`);
  if (state === 'completed') return 'deployed';
  if (state !== 'rollback_completed') throw new Error(`the update of ${name} ended ${state}`);
  await settled(swarm, name);
  return 'rolled back';
}

/** How many replicas of the last order are healthy. */
async function countReady({ manager }: Swarm, { id, force }: Service): Promise<number> {
  const tasks = await listTasks(manager, id);
  return tasks.filter((task) => task.force === force && task.isWanted && task.state === 'running').length;
}

async function hasAll({ manager }: Swarm, { id, replicas }: Service, ready: number): Promise<boolean> {
  const wanted = replicas ?? (await listTasks(manager, id)).filter(({ isWanted }) => isWanted).length;
  return ready >= wanted;
}

/** Orders the version before. Swarm may have done so just before us: then there is nothing to go back to. */
export async function takeBack(swarm: Swarm, name: string): Promise<void> {
  try {
    await read('docker', ['service', 'rollback', '--detach=true', name]);
  } catch (error) {
    const { update } = await readService(swarm.manager, name);
    if (!update?.state.startsWith('rollback')) throw error;
  }
}
