import type { Bite, ProbeTools } from '../../../accept/platform.ts';
import type { Deployment } from '../../environment.ts';
import { askControl } from '../../inside/control.ts';
import { insideOf } from '../shell.ts';
import type { Space } from '../space.ts';
import { within } from '../within.ts';

const SERVICE = 'posts';
const LOAD = { rate: 40, seconds: 30, only: ['GET /api/posts', 'GET /api/users'] } as const;
const BYTES_PER_SECOND = 100e6;
const ENDS_WITHIN_MS = 60_000;

/** One of two replicas takes memory until its limit ends it: the other one serves on, and nobody is left waiting. */
export async function leakInOne(space: Space, deployment: Deployment, tools: ProbeTools): Promise<Bite> {
  await deployment.scale(SERVICE, 2);
  try {
    const [first, second] = await space.podsOf(SERVICE);
    if (!first || !second) throw new Error(`there are no two ${SERVICE}`);
    const stateOf = async (name: string) => (await space.podsOf(SERVICE)).find((pod) => pod.name === name);
    const hasEnded = async (): Promise<boolean> =>
      ((await stateOf(first.name))?.restarts ?? 0) > first.restarts;
    const { requests, failed } = await tools.load('microservices', LOAD, async () => {
      const order = { method: 'POST', path: '/faults/leak', body: { bytesPerSecond: BYTES_PER_SECOND } };
      await askControl(insideOf(space.namespace, first), order);
      if (!(await within(ENDS_WITHIN_MS, hasEnded))) throw new Error(`${first.name} did not reach its limit`);
    });
    const [leaked, other] = [await stateOf(first.name), await stateOf(second.name)];
    const saw = [
      `${first.name} took memory until it ended (${leaked?.lastEnd ?? 'unknown'}) and was started again`,
      `the other one was started again ${(other?.restarts ?? 0) - second.restarts} times`,
      `${failed} of ${requests} reads failed meanwhile`,
    ];
    return { bites: other?.restarts === second.restarts && failed === 0, saw };
  } finally {
    await deployment.restore(SERVICE);
    await deployment.scale(SERVICE, 1);
  }
}
