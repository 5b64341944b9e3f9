import { setTimeout as wait } from 'node:timers/promises';
import type { Bite, ProbeTools } from '../../../accept/platform.ts';
import type { Deployment } from '../../environment.ts';
import { ApiError } from '../api.ts';
import type { Pod } from '../pods.ts';
import type { Space } from '../space.ts';

const SERVICE = 'posts';
/** Of load; a new replica is ready within seconds, on a busy machine too. */
const LOAD = { rate: 40, seconds: 45 } as const;
/** What a drain waits between two tries, too. */
const AGAIN_MS = 1_000;
const MOST_TRIES = 90;

/**
 * What a drain does with two replicas, one right after the other: the second is not given until the first was
 * replaced. (Two on one node do not come about by themselves: replicas are spread.)
 */
export async function evictBoth(space: Space, deployment: Deployment, tools: ProbeTools): Promise<Bite> {
  await deployment.scale(SERVICE, 2);
  try {
    const [first, second] = await space.podsOf(SERVICE);
    if (!first || !second) throw new Error(`there are no two ${SERVICE}`);
    const seen = { refusals: 0, seconds: 0, ready: 0 };
    const { requests, failed } = await tools.load('microservices', LOAD, async () => {
      if (!(await isEvicted(space, first))) throw new Error(`the first of two ${SERVICE} was not given`);
      const began = performance.now();
      while (!(await isEvicted(space, second))) {
        seen.refusals += 1;
        if (seen.refusals > MOST_TRIES) throw new Error(`the second ${SERVICE} is never given`);
        await wait(AGAIN_MS, undefined, { signal: tools.signal });
      }
      seen.seconds = (performance.now() - began) / 1_000;
      seen.ready = (await space.podsOf(SERVICE)).filter(({ isReady }) => isReady).length;
    });
    const saw = [
      `after the first of two ${SERVICE} was evicted, the second was refused ${seen.refusals} times, for ${seen.seconds.toFixed(1)} s`,
      `then ${seen.ready} were ready`,
      `${failed} of ${requests} requests failed meanwhile`,
    ];
    return { bites: seen.refusals > 0 && seen.ready > 0 && failed === 0, saw };
  } finally {
    await deployment.scale(SERVICE, 1);
  }
}

/** Asks for an eviction, as `kubectl drain` does. @returns false when the budget forbids it for now */
async function isEvicted({ api, namespace }: Space, { name }: Pod): Promise<boolean> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  try {
    await api.post(`/api/v1/namespaces/${namespace}/pods/${name}/eviction`, eviction);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 429) return false;
    throw error;
  }
}
