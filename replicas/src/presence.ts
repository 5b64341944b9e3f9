import { createPatience } from './patience.ts';

/** Somebody who waits for an answer. */
export interface Waiting {
  /** Nothing came from the replica for `doubtMs`, to nobody. Told once. */
  onSilent(): void;
  /** Nobody is at its address. */
  onGone(): void;
}

/** One wait; ends by `answered` or by `left`. */
export interface Wait {
  answered(): void;
  /** @returns whether nothing came from the replica, to nobody, since this wait began */
  left(): boolean;
}

/** Whether a replica is there at all, judged while somebody waits for it. */
export interface Presence {
  wait(waiting: Waiting): Wait;
}

/**
 * A replica that answers others is there. One that answers nobody for `doubtMs` is doubted: whoever waits is told,
 * and it is knocked at.
 * @param knock whether anybody is there
 * @param onGone told when nobody is, whether or not somebody still waits
 */
export function createPresence(doubtMs: number, knock: () => Promise<boolean>, onGone: () => void): Presence {
  const waits = new Map<Waiting, { since: number; isTold: boolean }>(); // the oldest first
  let heardAt = 0;
  let isWatching = false;
  const watch = (ms: number): void => {
    isWatching = true;
    createPatience(ms, look);
  };
  const look = (): void => {
    isWatching = false;
    const [oldest] = waits.values();
    if (oldest === undefined) return;
    const silentMs = performance.now() - Math.max(oldest.since, heardAt);
    if (silentMs < doubtMs) watch(doubtMs - silentMs);
    else void doubt();
  };
  const doubt = async (): Promise<void> => {
    isWatching = true;
    for (const [waiting, state] of [...waits]) {
      if (!state.isTold) waiting.onSilent();
      state.isTold = true;
    }
    const isThere = await knock();
    if (!isThere) {
      onGone();
      for (const waiting of [...waits.keys()]) waiting.onGone();
    }
    watch(doubtMs);
  };
  return {
    wait(waiting) {
      const since = performance.now();
      waits.set(waiting, { since, isTold: false });
      if (!isWatching) watch(doubtMs);
      return {
        answered() {
          waits.delete(waiting);
          heardAt = performance.now();
        },
        left() {
          waits.delete(waiting);
          return heardAt < since;
        },
      };
    },
  };
}
