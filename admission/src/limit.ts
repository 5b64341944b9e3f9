/** What was seen since the last look. */
export interface Look {
  /** How long requests waited in this process for their turn, in milliseconds. */
  delayMs: number;
  /** The most that were in flight. */
  inFlight: number;
  /** How long ago the last look was. */
  elapsedMs: number;
}

/** How many requests may be in flight at once. */
export interface Limit {
  current(): number;
  /** Learns from a look. */
  adjust(look: Look): void;
}

// With fewer, what waits for the database or another process leaves the processor idle.
const least = 16;
// Room for a burst while all is well. A surge fills it before it is known to be one, so it is also what those wait
// for who come first: at 0.15 ms of work each, two or three turns of so many are 40 to 60 ms.
const usual = 128;
// However long others take, what waits for them has to fit into the memory.
const most = 1_024;
// A wait that is too long for less is a burst, or a pause of the process, after which it catches up: that is what a
// queue is for, and nobody has to be refused while there is room.
const standingMs = 1_000;
// Without room some are refused already, and a shorter time tells a surge from a pause.
const standingWhenFullMs = 150;
// By how much it changes with one look, since that may be wrong.
const steepest = 0.2;
const gentlest = 1.4;

/**
 * A limit that holds the wait of those who are let in at `targetMs`. At a given rate the wait grows with what is in
 * flight (Little's law), so the limit changes by the ratio of the wait that is wanted to the one that was seen. What
 * takes long elsewhere makes nobody wait for a turn here: then there is room for twice of what is in flight.
 */
export function createLimit(targetMs: number): Limit {
  let limit = usual;
  let tooLongMs: number | undefined;
  return {
    current: () => Math.floor(limit),
    adjust({ delayMs, inFlight, elapsedMs }) {
      const ratio = targetMs / delayMs;
      if (ratio >= 1) {
        tooLongMs = undefined;
        const room = Math.min(most, Math.max(usual, 2 * inFlight));
        limit = Math.min(room, limit * Math.min(gentlest, ratio));
        return;
      }
      tooLongMs = tooLongMs === undefined ? 0 : tooLongMs + elapsedMs; // one long pause is one look
      const isFull = inFlight >= Math.floor(limit);
      if (limit >= usual && tooLongMs < (isFull ? standingWhenFullMs : standingMs)) return;
      limit = Math.max(least, Math.min(limit, inFlight) * Math.max(steepest, ratio));
    },
  };
}
