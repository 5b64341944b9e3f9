export type CircuitState = 'closed' | 'half-open' | 'open';

/** One request's way through a circuit: at most one `answered`, then exactly one of the other four. */
export interface Passage {
  /** The head of an answer came: enough for a probe. */
  answered(): void;
  /** The answer came to its end. */
  ended(): void;
  /** The other side did not answer, or broke off. */
  failed(): void;
  /** Nobody is there: opens the circuit at once. */
  lost(): void;
  /** The request ended for a reason that says nothing about the other side; the client left, for example. */
  left(): void;
}

export interface Circuit {
  state(): CircuitState;
  /** Whether it is open and has rested, so that the next to enter would be its probe. */
  isDue(): boolean;
  /** To be called only when closed or due. */
  enter(): Passage;
  /** Nobody is there: opens it at once where it is closed. */
  lose(): void;
}

/**
 * A circuit breaker: `failures` in a row open it; after `restMs` one request probes it, and closes it or opens
 * it again. What comes of a request that entered before the last change of state counts for nothing.
 */
export function createCircuit(
  { failures: most, restMs }: { failures: number; restMs: number },
  onChange: (state: CircuitState) => void,
): Circuit {
  let state: CircuitState = 'closed';
  let failures = 0;
  let openedAt = 0;
  let era = 0;
  const turn = (to: CircuitState): void => {
    state = to;
    failures = 0;
    era += 1;
    onChange(to);
  };
  const open = (at: number): void => {
    openedAt = at;
    turn('open');
  };
  const enter = (): Passage => {
    if (state === 'open') turn('half-open');
    let entered = era;
    const isProbe = (): boolean => entered === era && state === 'half-open';
    return {
      answered() {
        if (!isProbe()) return;
        turn('closed');
        entered = era;
      },
      ended() {
        if (entered === era) failures = 0;
      },
      failed() {
        if (entered !== era) return;
        failures += 1;
        if (isProbe() || failures >= most) open(performance.now());
      },
      lost() {
        if (entered === era) open(performance.now());
      },
      left() {
        if (isProbe()) open(openedAt);
      },
    };
  };
  return {
    state: () => state,
    isDue: () => state === 'open' && performance.now() - openedAt >= restMs,
    enter,
    lose() {
      if (state === 'closed') open(performance.now());
    },
  };
}
