// Load for the acceptance checks: the lab's generator at a constant arrival rate, its samples counted by second and route.
import { join } from 'node:path';
import type { Topology } from '../environments/environment.ts';
import type { Generator } from '../generator/generator.ts';
import { readSamples, type Sample } from '../generator/samples.ts';
import { underLoad } from '../trial/under-load.ts';
import { waitUntil } from '../trial/wait.ts';

export interface LoadOrder {
  /** Names the file of samples, too: letters, digits and hyphens; unique within the check. */
  what: string;
  topology: Topology;
  /** Where requests go; default the topology's own address. */
  baseUrl?: string;
  /** Requests a second. */
  rate: number;
  /** At least; the load goes on until what happens under it is over, for at most four minutes more. */
  seconds: number;
  /** Only these routes, as in the declared mix; default all. */
  only?: readonly string[];
  seed?: number;
}

/** Requests of one route that failed in one second. */
export interface FailedSecond {
  /** Since the load began. */
  second: number;
  route: string;
  failed: number;
  /** Of how many of that route in that second. */
  of: number;
}

export interface LoadResult {
  what: string;
  /** Those that were due and could not be sent any more, since all users waited for answers, among them. */
  requests: number;
  failed: number;
  /** Right answers that say that a part is missing: no failures, but told. */
  degraded: number;
  failedBySecond: FailedSecond[];
  /** Seconds in which any request failed. */
  failingSeconds: number;
  /** Requests that left in the worst second, as a share of what was due: low where the machine was short of CPU. */
  lowestSecond: number;
}

/** What happens while the load lasts is told when. */
export interface UnderLoad {
  startMs: number;
  /** When the load ends if nothing happens any more. */
  dueMs: number;
  /** When it ends in any case. */
  endMs: number;
  signal: AbortSignal;
}

/** A machine that is busy takes longer, and CloudFormation takes half a minute for each deed. */
const MOST_MORE_SECONDS = 240;
/** Of load after the last of what happened. */
const AFTER_MS = 2_000;

interface Load<T> extends LoadResult {
  value: T;
}

/**
 * Runs the declared mix at a constant arrival rate while `meanwhile` happens. A failed request is one without a whole
 * answer in 2 s, with a status or shape that the mix does not expect, or that could not be sent when it was due.
 */
export async function putLoad<T>(
  tools: { generator: Generator; folder: string; baseUrl: string; signal: AbortSignal },
  order: LoadOrder,
  meanwhile: (load: UnderLoad) => Promise<T>,
): Promise<Load<T>> {
  const { generator, folder, baseUrl, signal } = tools;
  const { what, rate, seconds, only, seed = 1 } = order;
  const samplesFile = join(folder, `${what}.csv.gz`);
  const most = seconds + MOST_MORE_SECONDS;
  const options = { baseUrl, rate, seconds: most, seed, samplesFile, ...(only && { only }) };
  const enough = new AbortController();
  const during = async (startMs: number, both: AbortSignal): Promise<T> => {
    const [dueMs, endMs] = [startMs + seconds * 1_000, startMs + most * 1_000];
    const value = await meanwhile({ startMs, dueMs, endMs, signal: both });
    await waitUntil(Math.min(endMs, Math.max(Date.now() + AFTER_MS, dueMs)), both);
    enough.abort();
    return value;
  };
  const { result, value } = await underLoad(generator, { ...options, enough: enough.signal }, during, signal);
  const { droppedIterations: dropped, lowestSecond } = result;
  const counted = await countSamples(readSamples(samplesFile));
  const requests = counted.requests + dropped;
  const failed = counted.failed + dropped;
  return { what, ...counted, requests, failed, lowestSecond, value };
}

/** Counts samples by the second in which their request started, counted from the first one. */
export async function countSamples(
  samples: AsyncIterable<Sample> | Iterable<Sample>,
): Promise<Omit<LoadResult, 'what' | 'lowestSecond'>> {
  const cells = new Map<string, { ms: number; route: string; failed: number; of: number }>();
  const total = { requests: 0, failed: 0, degraded: 0 };
  let first = Number.POSITIVE_INFINITY;
  for await (const { timeMs, route, failed, degraded } of samples) {
    first = Math.min(first, timeMs);
    total.requests += 1;
    total.failed += Number(failed);
    total.degraded += Number(degraded);
    const ms = Math.floor(timeMs / 1_000) * 1_000;
    const key = `${ms} ${route}`;
    const cell = cells.get(key) ?? { ms, route, failed: 0, of: 0 };
    cells.set(key, { ...cell, failed: cell.failed + Number(failed), of: cell.of + 1 });
  }
  const start = Math.floor(first / 1_000) * 1_000;
  const failedBySecond = [...cells.values()]
    .filter(({ failed }) => failed > 0)
    .map(({ ms, route, failed, of }) => ({ second: (ms - start) / 1_000, route, failed, of }))
    .sort((a, b) => a.second - b.second || a.route.localeCompare(b.route));
  return {
    ...total,
    failedBySecond,
    failingSeconds: new Set(failedBySecond.map(({ second }) => second)).size,
  };
}
