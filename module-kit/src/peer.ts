import { TooSlow, Unavailable } from '@cleave/kit/errors';
import { currentRequest } from '@cleave/kit/request-context';
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import { Pool } from 'undici';

/** Another service, read over HTTP with keep-alive. */
export interface Peer {
  /** @throws Unavailable when it is down or its circuit is open, TooSlow when it did not answer in time */
  get(path: string): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

// A kept-alive connection may be closed by the other side at the moment of its reuse: a read is safe to repeat.
const lostConnection = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET');

/** How long a service waits for another: below the gateway's own patience, so that a part may be left out. */
export const peerTimeoutMs = 500;

/** A client for `url`; an answer takes at most `timeoutMs`. Five failures in a row open the circuit for 1 s. */
export function createPeer(name: string, url: string, timeoutMs: number): Peer {
  const pool = new Pool(url, { connections: 64, connect: { timeout: timeoutMs } });
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: 1_000, breaker: new ConsecutiveBreaker(5) });
  const policy = wrap(breaker, retry(handleWhen(lostConnection), { maxAttempts: 1 }));
  const request = async (path: string) => {
    const { requestId, traceparent } = currentRequest() ?? {};
    const headers = {
      ...(requestId !== undefined && { 'x-request-id': requestId }),
      ...(traceparent !== undefined && { traceparent }),
    };
    const answer = await pool.request({
      path,
      method: 'GET',
      headers,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = answer.headers['content-type']?.includes('json')
      ? await answer.body.json()
      : await answer.body.text();
    if (answer.statusCode >= 500) throw new Unavailable(`${name} cannot answer.`);
    return { status: answer.statusCode, body };
  };
  return {
    get: (path) =>
      policy.execute(() => request(path)).catch((error) => Promise.reject(translate(name, error))),
    close: () => pool.destroy(),
  };
}

function translate(name: string, error: Error): Error {
  if (error instanceof Unavailable) return error;
  if (error.name === 'TimeoutError') return new TooSlow(`${name} did not answer in time.`, { cause: error });
  const state = error instanceof BrokenCircuitError ? 'is not asked for now' : 'does not answer';
  return new Unavailable(`${name} ${state}.`, { cause: error });
}
