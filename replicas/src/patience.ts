/** A time limit that can begin anew. */
export interface Patience {
  refresh(): void;
  end(): void;
}

/**
 * Calls `onOver` after `ms` without `refresh`. When it was this process that was held up, what arrived meanwhile
 * is read first: timers come before sockets in a turn of the event loop, and nobody else is to be blamed.
 */
export function createPatience(ms: number, onOver: () => void): Patience {
  let last: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    last = setImmediate(onOver);
  }, ms);
  return {
    refresh() {
      clearImmediate(last);
      timer.refresh();
    },
    end() {
      clearImmediate(last);
      clearTimeout(timer);
    },
  };
}
