import type { Deployment } from '../environments/environment.ts';
import { warm } from './warm.ts';

/** Of the processes that were warm when a topology was last looked at. */
const warmPids = new WeakMap<Deployment, ReadonlySet<number>>();
const warmSeconds = 8;

const pidsOf = async (deployment: Deployment): Promise<number[]> =>
  (await deployment.parts())
    .filter(({ kind }) => kind !== 'database')
    .flatMap(({ replicas }) => replicas.flatMap(({ pid }) => pid ?? []));

/**
 * Keeps a topology busy for a few seconds when a process of it has started since the last call. What starts anew in one
 * trial would otherwise be compiled at the cost of the next: at 400 requests a second, four cold processes took all of
 * two cores for several seconds.
 */
export const warmWhatIsNew = async (deployment: Deployment, signal: AbortSignal): Promise<void> => {
  const pids = await pidsOf(deployment);
  const known = warmPids.get(deployment);
  if (known !== undefined && pids.every((pid) => known.has(pid))) return;
  await warm([deployment.baseUrl], warmSeconds, signal);
  warmPids.set(deployment, new Set(pids));
};
