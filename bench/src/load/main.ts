// The open-loop generator: reads its options from its first argument and writes the result as JSON.
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { createDraw } from '../../../lab/src/statistics/random.ts';
import { arriveOptionsSchema, type Outcome } from './arrivals.ts';
import { moments } from './schedule.ts';

const tickMs = 1;
/** Draws are fractions of this. */
const fine = 2 ** 30;

const options = arriveOptionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const { origin, steps, connections, timeoutMs, retries } = options;
const paths = readFileSync(options.pathsFile, 'utf8').split('\n').filter(Boolean);
const draw = createDraw(options.seed);
const pool = new Pool(origin, { connections, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });

if (options.isConnected) {
  const ask = async (): Promise<void> => (await pool.request({ path: '/livez', method: 'GET' })).body.dump();
  await Promise.all(Array.from({ length: connections }, ask));
}

const began = performance.now();
const nowMs = (): number => performance.now() - began;
const outcomes: Outcome[] = [];
let sent = 0;

function attempt(path: string, dueMs: number, left: number): void {
  const sentMs = nowMs();
  let status = 0;
  let hasRetryAfter = false;
  const end = (answered: number): void => {
    if ((answered === 0 || answered === 503) && left > 0) {
      attempt(path, dueMs, left - 1);
      return;
    }
    const latencyMs = nowMs() - dueMs;
    // after that long nobody waits for it any more, whatever it says
    const counted = latencyMs > timeoutMs ? 0 : answered;
    outcomes.push([dueMs, latencyMs, nowMs() - sentMs, counted, hasRetryAfter]);
  };
  const handler = {
    onRequestStart: () => undefined,
    onResponseStart: (_controller: unknown, statusCode: number, headers: object) => {
      status = statusCode;
      hasRetryAfter = 'retry-after' in headers;
    },
    onResponseData: () => undefined,
    onResponseEnd: () => end(status),
    onResponseError: () => end(0),
  };
  pool.dispatch({ path, method: 'GET' }, handler);
}

let lateMs = 0;
for (const dueMs of moments(steps, () => (draw(fine) + 1) / fine)) {
  while (nowMs() < dueMs) await delay(tickMs);
  lateMs = Math.max(lateMs, nowMs() - dueMs);
  sent += 1;
  attempt(paths[draw(paths.length)] ?? '/', dueMs, retries);
}
const patience = performance.now() + (2 + retries) * timeoutMs;
while (outcomes.length < sent && performance.now() < patience) await delay(tickMs);
process.stdout.write(JSON.stringify({ outcomes, lateMs }));
await pool.destroy();
