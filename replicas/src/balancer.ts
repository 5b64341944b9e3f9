import type { Replica } from './replicas.ts';

/** A replica to ask; `isProbe`: it failed before, and the request shows whether it is well again. */
export interface Choice {
  replica: Replica;
  isProbe: boolean;
}

/**
 * Chooses a replica that was not tried yet: the one with the least in flight, each in turn where they are
 * equal. One that rested from its failures is probed, but by a request that can be repeated elsewhere, unless
 * there is no other.
 * @param turn a number that grows with each request
 */
export function chooseReplica(
  replicas: readonly Replica[],
  tried: ReadonlySet<Replica>,
  isRepeatable: boolean,
  turn: number,
): Choice | undefined {
  const untried = replicas.filter((replica) => !tried.has(replica));
  const closed = untried.filter(({ circuit }) => circuit.state() === 'closed');
  const due = untried.find(({ circuit }) => circuit.isDue());
  if (due && (isRepeatable || closed.length === 0)) return { replica: due, isProbe: true };
  const [replica] = rotate(closed, turn).sort((a, b) => a.inFlight - b.inFlight);
  return replica && { replica, isProbe: false };
}

const rotate = <T>(items: readonly T[], by: number): T[] => {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
};
