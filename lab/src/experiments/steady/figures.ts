import { join } from 'node:path';
import { readSamples } from '../../generator/samples.ts';
import { quantile } from '../../statistics/quantile.ts';
import { type Bucket, count, emptyBucket, merge } from '../../trial/bucket.ts';
import type { SteadyWindow } from './record.ts';

export const everything = 'all routes';

/** One route in one window; latencies of answered requests. */
export interface RouteFigures {
  requests: number;
  failed: number;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

const figuresOf = (bucket: Bucket): RouteFigures => {
  const { requests, failed, latencies } = merge([bucket]);
  return {
    requests,
    failed,
    p50Ms: quantile(latencies, 0.5),
    p95Ms: quantile(latencies, 0.95),
    p99Ms: quantile(latencies, 0.99),
  };
};

/** Counts the requests that were sent within a window, by route, and all of them under {@link everything}. */
export const countWindow = async (
  folder: string,
  { samples, fromMs, toMs }: Pick<SteadyWindow, 'samples' | 'fromMs' | 'toMs'>,
): Promise<Map<string, RouteFigures>> => {
  const buckets = new Map<string, Bucket>([[everything, emptyBucket()]]);
  for await (const sample of readSamples(join(folder, samples))) {
    if (sample.timeMs < fromMs || sample.timeMs >= toMs) continue;
    for (const name of [everything, sample.route]) {
      const bucket = buckets.get(name) ?? emptyBucket();
      buckets.set(name, bucket);
      count(bucket, sample);
    }
  }
  return new Map([...buckets].map(([route, bucket]) => [route, figuresOf(bucket)]));
};
