import type { Replica } from './replicas.ts';

/** A replica to ask; `isProbe`: it failed before, and the request shows whether it is well again. */
export interface Choice {
  replica: Replica;
  isProbe: boolean;
}

/**
 * What a replica may have in flight beyond the least of all before it is passed over. Below that they take turns: one
 * that has just started and is a little slower would else get up to a sixth less than its share.
 */
const slack = 4;

/**
 * Chooses a replica that was not tried yet: each in turn, but none with much more in flight than another. One that
 * rested from its failures is probed, but by a request that can be repeated elsewhere, unless there is no other.
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
  const least = Math.min(...closed.map(({ inFlight }) => inFlight));
  const replica = rotate(closed, turn).find(({ inFlight }) => inFlight <= least + slack);
  return replica && { replica, isProbe: false };
}

const rotate = <T>(items: readonly T[], by: number): T[] => {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
};
