import assert from 'node:assert/strict';
import type { Deployment, PartName } from '../../lab/src/environments/environment.ts';
import { replicasOf } from '../../lab/src/faults/replicas.ts';

/** What the replicas of a component call themselves in `x-served-by`. */
export const instancesOf = async (deployment: Deployment, name: PartName) =>
  new Set((await replicasOf(deployment, name)).map(({ instance }) => instance));

/** That each of `replicas` replicas used CPU, network and memory while `work` was done. */
export async function assertUsed(
  deployment: Deployment,
  replicas: number,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = await deployment.usage();
  assert.equal(before.length, replicas);
  await work();
  for (const used of await deployment.usage()) {
    const earlier = before.find(({ replica }) => replica === used.replica);
    assert.ok(used.cpuSeconds > (earlier?.cpuSeconds ?? Infinity), `${used.replica}: CPU`);
    assert.ok((used.sentBytes ?? 0) > (earlier?.sentBytes ?? Infinity), `${used.replica}: bytes`);
    assert.ok(used.memoryBytes > 1e6 && used.memoryBytes < 768e6, `${used.replica}: memory`);
  }
}
