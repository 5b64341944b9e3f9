import type { Usage } from '../environment.ts';
import type { Deployed } from './deployed.ts';
import type { Member } from './ground.ts';
import { readStats } from './stats.ts';

/** What each running process of a topology has used; empty where there is no /proc. */
export async function readUsage({ services, databases }: Deployed): Promise<Usage[]> {
  const members = [
    ...[...services].flatMap(([part, { replicas }]) => replicas.map((member) => ({ part, member }))),
    ...[...databases].map(([part, member]) => ({ part, member })),
  ];
  const read = members.map(({ part, member }) => usageOf(part, member));
  return (await Promise.all(read)).filter((usage) => usage !== undefined);
}

async function usageOf(part: Usage['part'], { id, process }: Member): Promise<Usage | undefined> {
  const pid = process.pid();
  const stats = pid === undefined ? undefined : await readStats(pid);
  if (!stats) return undefined;
  // All components share the loopback interface: the kernel does not tell them apart.
  return { part, replica: id, ...stats, receivedBytes: null, sentBytes: null };
}
