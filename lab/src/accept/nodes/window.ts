import { readSamples, type Sample } from '../../generator/samples.ts';

/** What a load's samples say of a loss, by when each request was sent. */
export interface Window {
  requests: number;
  failed: number;
  /** Of the failed: those that could have been sent again, GET. */
  safeFailed: number;
  degraded: number;
  /** From the first request that failed to the last, in milliseconds; 0 where none did. */
  failingMs: number;
  /** The failed in the last seconds of the load. */
  failedAtEnd: number;
  /** The slowest request that was answered. */
  slowestMs: number;
}

const END_MS = 5_000;

/** Reads a file of samples. */
export const readWindow = async (file: string): Promise<Window> =>
  countWindow(await Array.fromAsync(readSamples(file)));

export function countWindow(samples: readonly Sample[]): Window {
  const failed = samples.filter((sample) => sample.failed);
  const times = failed.map(({ timeMs }) => timeMs);
  const last = samples.reduce((latest, { timeMs }) => Math.max(latest, timeMs), 0);
  return {
    requests: samples.length,
    failed: failed.length,
    safeFailed: failed.filter(({ route }) => route.startsWith('GET ')).length,
    degraded: samples.filter(({ degraded }) => degraded).length,
    failingMs: times.length === 0 ? 0 : Math.max(...times) - Math.min(...times),
    failedAtEnd: times.filter((timeMs) => timeMs > last - END_MS).length,
    slowestMs: samples.reduce((slowest, one) => Math.max(slowest, one.failed ? 0 : one.durationMs), 0),
  };
}
