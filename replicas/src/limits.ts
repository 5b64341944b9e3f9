/** How long a caller waits for replicas, and when it leaves one out. Times in milliseconds. */
export interface Limits {
  /** For a connection: both are in one network. */
  connectMs: number;
  /** For anything from a replica that keeps somebody waiting, before it is doubted. */
  doubtMs: number;
  /** Failures in a row that open the circuit of an address, and how long it rests before a probe. */
  failures: number;
  restMs: number;
  /** Retries in percent of recent requests, and how many are there from the start: what opens one circuit. */
  retries: { percent: number; floor: number };
  /** Between two look-ups of the addresses. */
  resolveMs: number;
}
