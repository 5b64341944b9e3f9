import type { PartName, ReplicaInfo, Topology } from '../environment.ts';
import { type Layout, layouts } from '../layout.ts';
import { placeOf } from './places.ts';
import { required } from './required.ts';
import type { Common } from './service-command.ts';
import type { Home, Session } from './session.ts';
import type { Supervised } from './supervise.ts';

/** One process of a component, as far as all kinds have it in common. */
export interface Member {
  /** `<topology>/<component>-<n>` */
  id: string;
  /** What `x-served-by` says; a database has none. */
  instance?: string;
  host: string;
  port: number;
  process: Supervised;
}

/** What every component of a topology is started with. */
export interface Ground extends Common {
  topology: Topology;
  layout: Layout;
  session: Session;
  home: Home;
  /** Aborted once everything is to stop: nothing may be started any more. */
  abort: AbortController;
  /** Every process that may be running, those on their way in or out included. */
  members: Set<Member>;
  report: (sentence: string) => void;
}

export function createGround(
  topology: Topology,
  session: Session,
  common: Common & Pick<Ground, 'abort' | 'report'>,
): Ground {
  const home = session.homes.get(placeOf(topology));
  if (!home) throw new Error(`${topology} has no place`);
  return { ...common, topology, layout: layouts[topology], session, home, members: new Set() };
}

/** Starts a process unless everything is to stop; it is stopped with the others. */
export async function startMember(ground: Ground, member: Member, withinMs?: number): Promise<void> {
  ground.abort.signal.throwIfAborted();
  ground.members.add(member);
  await member.process.start(withinMs);
}

export function replicaInfo({ id, instance, process }: Member): ReplicaInfo {
  return { id, ...(instance !== undefined && { instance }), pid: process.pid() };
}

/** How a process is called within its topology: its component, and its number from the second on. */
export function memberName(part: PartName, number: number): string {
  return number === 1 ? part : `${part}-${number}`;
}

/** How it is called in what is said of it: a control's components bear the names of others. */
export function spokenName({ topology }: Ground, name: string): string {
  return placeOf(topology) === 'main' ? name : `${topology}/${name}`;
}

/** The port of a database server. */
export function databasePort({ home }: Ground, name: string): number {
  return required(home.ports.databases, name);
}
