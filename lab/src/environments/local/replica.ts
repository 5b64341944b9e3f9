import { CannotStart } from '../cannot-start.ts';
import type { ServiceName, Version } from '../environment.ts';
import type { ServiceSpec } from '../layout.ts';
import { choosePorts } from '../ports.ts';
import { logFile } from './data-folder.ts';
import { type Ground, type Member, memberName, spokenName, startMember } from './ground.ts';
import type { Command } from './launch.ts';
import { isReady } from './readiness.ts';
import { required } from './required.ts';
import { type Site, serviceCommand } from './service-command.ts';
import { supervise } from './supervise.ts';

/** One process of a service. */
export interface Replica extends Member {
  number: number;
  instance: string;
  adminPort: number;
  controlPort: number;
  version: Version;
  /** What it is started by. */
  command: () => Command;
}

/** Describes a replica; nothing is started yet. The first of a service is at 127.0.0.1, the others beside it. */
export async function createReplica(
  ground: Ground,
  spec: ServiceSpec,
  number: number,
  version: Version,
): Promise<Replica> {
  const { home, session } = ground;
  const site = await siteOf(ground, spec.name, number);
  const command = () => serviceCommand(spec, site, version, home, ground);
  const process = supervise({
    name: spokenName(ground, site.instance),
    command,
    isReady: () => isReady(site.adminPort, site.host),
    logFile: logFile(home.folder, site.instance),
    stopSignal: 'SIGTERM',
    graceMs: 4_500, // a drain has 3 s
    watchdog: session.watchdog,
    report: ground.report,
  });
  return { ...site, id: `${ground.topology}/${spec.name}-${number}`, number, version, command, process };
}

/**
 * Starts a replica and resolves when it is ready.
 * @throws CannotStart with the last lines of its log, after `withinMs` at the latest
 */
export function startReplica(ground: Ground, replica: Replica, withinMs?: number): Promise<void> {
  return startMember(ground, replica, withinMs);
}

/** Stops a replica in order; it is none any more. */
export async function retireReplica(ground: Ground, replica: Replica): Promise<void> {
  await replica.process.stop();
  ground.members.delete(replica);
  if (replica.number > 1) ground.session.ports.delete(replica.controlPort);
}

/** The address of a replica of any service, whose port tells it from the others. */
export function replicaHost(number: number): string {
  return `127.0.0.${number}`;
}

/** Replicas share ports, each at an address of its own; only the control port is always at 127.0.0.1. */
async function siteOf({ home, session }: Ground, service: ServiceName, number: number): Promise<Site> {
  const { port, adminPort, controlPort } = required(home.ports.services, service);
  const instance = memberName(service, number);
  if (number === 1) return { instance, host: replicaHost(1), port, adminPort, controlPort };
  if (globalThis.process.platform !== 'linux') {
    throw new CannotStart('Replicas need Linux: only there does every address of 127.0.0.0/8 exist.');
  }
  const [free = 0] = await choosePorts([{}], session.ports);
  session.ports.add(free);
  return { instance, host: replicaHost(number), port, adminPort, controlPort: free };
}
