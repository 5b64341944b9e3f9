// As much of one route as a deployment gives. Closed-loop and light: k6 would need the CPU that is to be measured.
import autocannon from 'autocannon';
import { z } from 'zod';
import type { Deployment } from '../../environments/environment.ts';
import { REQUEST_TIMEOUT_MS } from '../../generator/k6-generator.ts';
import { useDuring } from '../steady/use.ts';
import type { SweepPoint } from './record.ts';

/** Enough to keep four replicas busy, and few enough that none waits long. */
const connections = 24;
const pageSize = 20;

const threads = z.array(z.object({ id: z.int() })).min(1);

/** Addresses of the posts list of some threads that there are. */
export const postsPaths = async (baseUrl: string, signal: AbortSignal): Promise<string[]> => {
  const answer = await fetch(`${baseUrl}/api/threads?limit=100`, { signal });
  if (!answer.ok) throw new Error(`GET /api/threads answered ${answer.status} before the load began`);
  return threads.parse(await answer.json()).map(({ id }) => `/api/posts/in-thread/${id}?limit=${pageSize}`);
};

const shoot = (
  baseUrl: string,
  paths: readonly string[],
  seconds: number,
  signal: AbortSignal,
): Promise<autocannon.Result> =>
  new Promise((resolve, reject) => {
    const stop = (): void => run.stop();
    const run = autocannon(
      {
        url: baseUrl,
        connections,
        duration: seconds,
        timeout: REQUEST_TIMEOUT_MS / 1000,
        requests: paths.map((path) => ({ method: 'GET', path })),
      },
      (error, result) => {
        signal.removeEventListener('abort', stop);
        if (signal.aborted) reject(signal.reason);
        else if (error) reject(error);
        else resolve(result);
      },
    );
    signal.addEventListener('abort', stop, { once: true });
  });

/** Warms up, and then measures for `seconds` how much a deployment answers when always asked for more. */
export const saturate = async (
  deployment: Deployment,
  seconds: { warmUp: number; measured: number },
  signal: AbortSignal,
): Promise<Omit<SweepPoint, 'replicas'>> => {
  const { baseUrl } = deployment;
  const paths = await postsPaths(baseUrl, signal);
  await shoot(baseUrl, paths, seconds.warmUp, signal);
  const before = process.cpuUsage();
  const results: autocannon.Result[] = [];
  const use = await useDuring(deployment, async () => {
    results.push(await shoot(baseUrl, paths, seconds.measured, signal));
  });
  const { user, system } = process.cpuUsage(before);
  const [result] = results;
  if (result === undefined) throw new Error('the saturating load gave no result');
  return {
    throughput: result['2xx'] / result.duration,
    failed: result.non2xx + result.errors + result.timeouts,
    p99Ms: result.latency.p99,
    generatorCores: (user + system) / 1e6 / use.seconds,
    use,
  };
};
