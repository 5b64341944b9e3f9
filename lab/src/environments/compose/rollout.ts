import type { ServiceName, Version } from '../environment.ts';
import type { Container } from './containers.ts';
import type { Engine } from './engine.ts';
import type { Fleet } from './fleet.ts';
import type { Traffic } from './traffic.ts';
import { becomesReady, READY_WITHIN_MS } from './waiting.ts';

/** A service that is to be changed. */
export interface Rolled {
  service: ServiceName;
  /** The version that runs. */
  version: Version;
  fleet: Fleet;
  engine: Engine;
}

/**
 * Replaces all replicas at once where a second container could not have the published port: the old one is stopped
 * first. What is not ready within `ms` is replaced by what ran before. @returns whether the new version runs
 */
export async function replaceStopFirst(rolled: Rolled, next: Version, ms: number): Promise<boolean> {
  const { service, version, fleet, engine } = rolled;
  const isReady = async (as: Version, within: number): Promise<boolean> => {
    const made = await fleet.recreate(service, as);
    return (await Promise.all(made.map((each) => becomesReady(engine, each, within)))).every(Boolean);
  };
  if (await isReady(next, ms)) return true;
  if (await isReady(version, READY_WITHIN_MS)) return false;
  throw new Error(`${service} did not come back after version ${next.name} failed`);
}

/**
 * Replaces one replica after the other behind the gateway: the new one takes over before the old one is stopped.
 * When one is not ready within `ms`, those that were replaced become what they were. @returns as above
 */
export async function replaceStartFirst(
  rolled: Rolled,
  traffic: Traffic,
  next: Version,
  ms: number,
): Promise<boolean> {
  const { service, version, fleet, engine } = rolled;
  const made: Container[] = [];
  const replace = async (old: Container, as: Version, within: number): Promise<boolean> => {
    const replicas = await fleet.replicasOf(service);
    const [added] = await fleet.add(service, as, replicas.length + 1);
    if (added === undefined) throw new Error(`compose made no further container of ${service}`);
    if (!(await becomesReady(engine, added, within))) {
      await fleet.discard(added);
      return false;
    }
    made.push(added);
    await traffic.only(service, [...replicas.filter(({ id }) => id !== old.id), added]);
    await fleet.retire(old);
    return true;
  };
  const replaceAll = async (olds: readonly Container[], as: Version, within: number): Promise<boolean> => {
    for (const old of olds) if (!(await replace(old, as, within))) return false;
    return true;
  };
  try {
    const replicas = await fleet.replicasOf(service);
    await traffic.only(service, replicas); // DNS would have it send to new ones before they are ready
    if (await replaceAll(replicas, next, ms)) return true;
    if (await replaceAll([...made], version, READY_WITHIN_MS)) return false;
    throw new Error(`${service} did not come back after version ${next.name} failed`);
  } finally {
    await traffic.all(service, await fleet.replicasOf(service));
  }
}
