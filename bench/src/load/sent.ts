/** What a load came to, however it was sent. Latencies of the answered ones in milliseconds; null without any. */
export interface Sent {
  requests: number;
  /** Not answered in time, not whole, or with a status of 400 and above. */
  failed: number;
  seconds: number;
  values: { p50Ms: number | null; p99Ms: number | null };
}
