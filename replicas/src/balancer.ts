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
  tried: readonly Replica[],
  isRepeatable: boolean,
  turn: number,
): Choice | undefined {
  // nearly always all of them: no copies then
  const untried = tried.length === 0 ? replicas : replicas.filter((replica) => !tried.includes(replica));
  const closed = untried.every(isClosed) ? untried : untried.filter(isClosed);
  const due = closed === untried ? undefined : untried.find(({ circuit }) => circuit.isDue());
  if (due && (isRepeatable || closed.length === 0)) return { replica: due, isProbe: true };
  let least = Number.POSITIVE_INFINITY;
  for (const { inFlight } of closed) least = Math.min(least, inFlight);
  for (let passed = 0; passed < closed.length; passed += 1) {
    const replica = closed[(turn + passed) % closed.length];
    if (replica && replica.inFlight <= least + slack) return { replica, isProbe: false };
  }
  return undefined;
}

const isClosed = ({ circuit }: Replica): boolean => circuit.state() === 'closed';
