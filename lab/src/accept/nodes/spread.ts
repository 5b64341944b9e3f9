import { setTimeout as wait } from 'node:timers/promises';
import type { ServiceName, Topology } from '../../environments/environment.ts';
import { layouts } from '../../environments/layout.ts';
import type { Nodes, Placed } from '../platform.ts';

/** The components of a topology that have replicas to spread: those behind the gateway. */
export const spreadServices = (topology: Topology): ServiceName[] =>
  layouts[topology].services.map(({ name }) => name).filter((name) => name !== 'gateway');

/** How far the numbers of replicas on two nodes are apart at most. */
export function skewOf(placed: readonly Placed[], nodes: readonly string[]): number {
  const counts = nodes.map((node) => placed.filter((each) => each.node === node).length);
  return Math.max(...counts) - Math.min(...counts);
}

/** `users 1 + 1 + 1`, in the order of the nodes. */
const described = (service: ServiceName, placed: readonly Placed[], nodes: readonly string[]): string =>
  `${service} ${nodes.map((node) => placed.filter((each) => each.node === node).length).join(' + ')}`;

/** Looks where the replicas of a topology are. */
export async function readSpread(
  nodes: Nodes,
  topology: Topology,
): Promise<{ isEven: boolean; text: string }> {
  const names = await nodes.names();
  const all = await Promise.all(
    spreadServices(topology).map(async (service) => ({
      service,
      placed: await nodes.placement(topology, service),
    })),
  );
  const isEven = all.every(({ placed }) => placed.length > 0 && skewOf(placed, names) <= 1);
  const text = all.map(({ service, placed }) => described(service, placed, names)).join(', ');
  return { isEven, text: `${topology}: ${text}` };
}

const LONGEST_MS = 90_000;

/** The same, once it is even, or after 90 s without. */
export async function untilSpread(
  nodes: Nodes,
  topology: Topology,
  signal: AbortSignal,
): Promise<{ isEven: boolean; text: string }> {
  const deadline = performance.now() + LONGEST_MS;
  for (;;) {
    const spread = await readSpread(nodes, topology);
    if (spread.isEven || performance.now() > deadline) return spread;
    await wait(500, undefined, { signal });
  }
}
