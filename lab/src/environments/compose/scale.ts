import type { Rolled } from './rollout.ts';
import type { Traffic } from './traffic.ts';
import { ready } from './waiting.ts';

/**
 * Resolves when so many replicas are ready and the gateway sends to all of them.
 * @throws Error when a new one does not become ready; none of them stays then
 */
export async function scale(rolled: Rolled, traffic: Traffic, wanted: number): Promise<void> {
  if (!Number.isInteger(wanted) || wanted < 1) throw new Error(`${wanted} is no number of replicas`);
  const { service, fleet } = rolled;
  const replicas = await fleet.replicasOf(service);
  const kept = replicas.slice(0, wanted);
  try {
    await traffic.only(service, kept); // DNS would have it send to new ones before they are ready
    await Promise.all(replicas.slice(wanted).map(fleet.retire));
    if (wanted > replicas.length) await grow(rolled, wanted);
  } finally {
    await traffic.all(service, await fleet.replicasOf(service));
  }
}

async function grow({ service, version, fleet, engine }: Rolled, wanted: number): Promise<void> {
  const added = await fleet.add(service, version, wanted);
  try {
    await Promise.all(added.map((container) => ready(engine, container)));
  } catch (error) {
    await Promise.all(added.map(fleet.discard));
    throw error;
  }
}
