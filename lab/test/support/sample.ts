import type { Sample } from '../../src/generator/samples.ts';

/** A request that was answered well. */
export const sample = (timeMs: number, more: Partial<Sample> = {}): Sample => ({
  timeMs,
  route: 'GET /api/posts',
  status: 200,
  durationMs: 3,
  failed: false,
  degraded: false,
  ...more,
});
