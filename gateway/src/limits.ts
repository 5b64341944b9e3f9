/** How long the gateway waits, and how much it takes on. Times in milliseconds. */
export interface Limits {
  /** For a connection to an upstream: both are in one network. */
  connectMs: number;
  /** For the head of the answer, all attempts together: above the 500 ms that a service gives its peers, below the 2 s of impatient clients. */
  headMs: number;
  /** For the head of the answer to a probe, where other addresses could answer in the time that is left. */
  probeMs: number;
  /** Between two pieces of an upstream's answer. */
  bodyIdleMs: number;
  /** For a client that does not take what is sent to it. */
  clientIdleMs: number;
  /** For a kept-alive connection without a request: below the 75 s after which the other side closes it. */
  poolIdleMs: number;
  /** Between two look-ups of an upstream's addresses. */
  resolveMs: number;
  /** Requests in flight to one upstream; what is beyond is shed. */
  inFlight: number;
  /** Failures in a row that open the circuit of an address, and how long it rests before a probe. */
  failures: number;
  restMs: number;
  /** Retries in percent of recent requests, and how many are there from the start: what opens one circuit. */
  retries: { percent: number; floor: number };
}

export const defaultLimits: Limits = {
  connectMs: 300,
  headMs: 1_500,
  probeMs: 500,
  bodyIdleMs: 5_000,
  clientIdleMs: 30_000,
  poolIdleMs: 30_000,
  resolveMs: 1_000,
  inFlight: 256,
  failures: 5,
  restMs: 1_000,
  retries: { percent: 20, floor: 5 },
};
