import type { Limits as ReplicaLimits } from '@cleave/replicas/limits';

/** How long the gateway waits, and how much it takes on. Times in milliseconds. */
export interface Limits extends ReplicaLimits {
  /** For the head of the answer, all attempts together: above the 500 ms that a service gives its peers, below the 2 s of impatient clients. */
  headMs: number;
  /** Between two pieces of an upstream's answer. */
  bodyIdleMs: number;
  /** For a client that does not take what is sent to it. */
  clientIdleMs: number;
  /** For a kept-alive connection without a request: below the 75 s after which the other side closes it. */
  poolIdleMs: number;
  /** Requests in flight to one upstream; what is beyond is shed. */
  inFlight: number;
}

export const defaultLimits: Limits = {
  connectMs: 300,
  doubtMs: 300,
  headMs: 1_500,
  bodyIdleMs: 5_000,
  clientIdleMs: 30_000,
  poolIdleMs: 30_000,
  resolveMs: 1_000,
  inFlight: 256,
  failures: 5,
  restMs: 1_000,
  retries: { percent: 10, floor: 5 },
};
