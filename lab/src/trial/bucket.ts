import type { Sample } from '../generator/samples.ts';

/** What happened to a set of requests. Latencies are of the answered ones only, in ms. */
export type Bucket = {
  requests: number;
  failed: number;
  degraded: number;
  statuses: Map<number, number>;
  latencies: number[];
};

export const emptyBucket = (): Bucket => ({
  requests: 0,
  failed: 0,
  degraded: 0,
  statuses: new Map(),
  latencies: [],
});

/**
 * Counts a request. A failed one adds no latency: a quick refusal or a time limit is no speed,
 * and is already in the availability.
 */
export const count = (bucket: Bucket, sample: Sample): void => {
  bucket.requests += 1;
  bucket.statuses.set(sample.status, (bucket.statuses.get(sample.status) ?? 0) + 1);
  if (sample.failed) bucket.failed += 1;
  else bucket.latencies.push(sample.durationMs);
  if (sample.degraded && !sample.failed) bucket.degraded += 1;
};

/** All requests of several buckets in one, latencies sorted upwards. */
export const merge = (buckets: readonly Bucket[]): Bucket => {
  const merged = emptyBucket();
  for (const bucket of buckets) {
    merged.requests += bucket.requests;
    merged.failed += bucket.failed;
    merged.degraded += bucket.degraded;
    for (const [status, n] of bucket.statuses)
      merged.statuses.set(status, (merged.statuses.get(status) ?? 0) + n);
  }
  merged.latencies = buckets.flatMap((bucket) => bucket.latencies).sort((a, b) => a - b);
  return merged;
};
