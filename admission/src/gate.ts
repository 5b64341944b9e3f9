import { performance } from 'node:perf_hooks';
import { createLimit } from './limit.ts';

/** Lets requests in while they can be served in time. */
export interface Gate {
  /** Whether a request that has arrived now is let in. Each that is has to leave. */
  enter(): boolean;
  leave(): void;
  /** Is told how long somebody who was let in had to wait besides, for a connection to a database for example. */
  waited(ms: number): void;
  /** Is told how long it took to refuse somebody, in milliseconds. */
  refused(ms: number): void;
  inFlight(): number;
  limit(): number;
}

// Some turns of a loop that is busy, and short enough for a surge to be met before it has filled much.
const intervalMs = 50;
// After so long without anything to do, what was learned is of another time.
const forgetMs = 1_000;
// A loop that was idle for longer than this share of the time has caught up with all that there was to do.
const idleShare = 0.05;

/**
 * A gate that looks at how long those who are let in wait for their turn, and holds that at `targetMs`.
 *
 * They wait for the event loop: what arrives during one turn is read in the next, so the wait is as long as a turn.
 * What of it was spent on refusing does not count: to refuse more would make it longer, and in the end let nobody in.
 * And they wait for what the process has few of. A queue that empties between two looks is a burst, which a queue is
 * for; so turns count only where the loop had no rest, and of the other waits the shortest counts.
 */
export function createGate(targetMs: number): Gate {
  let limit = createLimit(targetMs);
  let inFlight = 0;
  let mostInFlight = 0;
  let isTurn = false;
  let turns = 0;
  let refusingMs = 0;
  let shortestWait: number | undefined;
  let since = performance.now();
  let loop = performance.eventLoopUtilization();

  const look = (now: number): void => {
    const { active, idle, utilization } = performance.eventLoopUtilization(loop);
    if (idle > forgetMs) limit = createLimit(targetMs);
    const turn = utilization > 1 - idleShare ? (active - refusingMs) / turns : 0;
    const delayMs = turn + (shortestWait ?? 0);
    limit.adjust({ delayMs, inFlight: mostInFlight, elapsedMs: now - since });
    loop = performance.eventLoopUtilization();
    since = now;
    turns = 0;
    refusingMs = 0;
    mostInFlight = inFlight;
    shortestWait = undefined;
  };
  const endTurn = (): void => {
    isTurn = false;
    turns += 1;
    const now = performance.now();
    if (now - since >= intervalMs) look(now);
  };
  return {
    enter() {
      if (!isTurn) setImmediate(endTurn); // runs once all that could be read has been
      isTurn = true;
      if (inFlight >= limit.current()) return false;
      inFlight += 1;
      if (inFlight > mostInFlight) mostInFlight = inFlight;
      return true;
    },
    leave() {
      inFlight -= 1;
    },
    waited(ms) {
      if (shortestWait === undefined || ms < shortestWait) shortestWait = ms;
    },
    refused(ms) {
      refusingMs += ms;
    },
    inFlight: () => inFlight,
    limit: () => limit.current(),
  };
}
