import { CannotStart } from '../cannot-start.ts';
import type { Rollout, Version } from '../environment.ts';
import type { Deployed, Service } from './deployed.ts';
import { createReplica, type Replica, retireReplica, startReplica } from './replica.ts';
import { freeNumber, isBehindGateway, sendTo } from './scale.ts';

/**
 * Rolls a version out, one replica after the other. Behind the gateway the new one is started first; what owns its
 * port is stopped first. When a new one is not ready within `readyWithinMs`, all become what they were.
 */
export async function deploy(
  deployed: Deployed,
  service: Service,
  version: Version,
  readyWithinMs: number,
): Promise<Rollout> {
  const began = performance.now();
  const { version: before, replicas: originals } = service;
  const replace = isBehindGateway(deployed, service) ? replaceStartFirst : replaceStopFirst;
  const isDone = await each(originals, (old) => replace(deployed, service, old, version, readyWithinMs));
  if (isDone) {
    service.version = version;
  } else {
    const changed = service.replicas.filter((replica) => !originals.includes(replica));
    const isBack = await each(changed, (replica) => replace(deployed, service, replica, before));
    if (!isBack) throw new Error(`${service.spec.name} did not come back after ${version.name} failed`);
  }
  return { outcome: isDone ? 'deployed' : 'rolled back', seconds: (performance.now() - began) / 1_000 };
}

/** One after the other; false as soon as one fails. */
async function each(replicas: readonly Replica[], replace: (old: Replica) => Promise<boolean>) {
  for (const replica of replicas) if (!(await replace(replica))) return false;
  return true;
}

async function replaceStartFirst(
  deployed: Deployed,
  service: Service,
  old: Replica,
  version: Version,
  readyWithinMs?: number,
): Promise<boolean> {
  const { ground } = deployed;
  const next = await createReplica(ground, service.spec, freeNumber(service.replicas), version);
  if (!(await isStarted(startReplica(ground, next, readyWithinMs)))) {
    await retireReplica(ground, next);
    return false;
  }
  await sendTo(
    deployed,
    service,
    service.replicas.map((replica) => (replica === old ? next : replica)),
  );
  await retireReplica(ground, old);
  return true;
}

async function replaceStopFirst(
  { ground }: Deployed,
  service: Service,
  old: Replica,
  version: Version,
  readyWithinMs?: number,
): Promise<boolean> {
  await retireReplica(ground, old);
  const next = await createReplica(ground, service.spec, old.number, version);
  service.replicas = service.replicas.map((replica) => (replica === old ? next : replica));
  return isStarted(startReplica(ground, next, readyWithinMs));
}

/** A version that cannot start is an outcome of a rollout; anything else is a failure of ours. */
async function isStarted(start: Promise<void>): Promise<boolean> {
  try {
    await start;
    return true;
  } catch (error) {
    if (error instanceof CannotStart) return false;
    throw error;
  }
}
