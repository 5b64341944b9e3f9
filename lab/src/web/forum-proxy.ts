import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refused, readBody, sendJson } from './reply.ts';

/** What the page's small forum reads; nothing else is passed on. */
const readable = [
  /^\/api\/threads\?limit=\d{1,3}$/,
  /^\/api\/threads\/\d{1,10}\/discussion\?limit=\d{1,3}$/,
  /^\/api\/users\?limit=\d{1,3}$/,
];
const writable = [/^\/api\/posts$/];

/** A person waits that long. */
const TIMEOUT_MS = 6_000;

/**
 * Passes a request of the page's small forum on to a topology, and its answer back.
 * When nothing comes back the answer is 502: no such forum.
 * @param path as the forum has it, from `/api/` on
 * @throws Refused 404 for what that forum has no need of
 */
export async function passOn(
  baseUrl: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method === 'POST' ? 'POST' : 'GET';
  const allowed = method === 'POST' ? writable : readable;
  if (!allowed.some((pattern) => pattern.test(path)))
    throw new Refused(404, 'The page has no use for this path.');
  const init =
    method === 'POST' ? { method, headers: writeHeaders(request), body: await readBody(request) } : {};
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(baseUrl + path, { ...init, signal, redirect: 'error' });
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
      'cache-control': 'no-store',
      'x-served-by': answer.headers.get('x-served-by') ?? '',
    });
    response.end(body);
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    const detail = isLate ? `took longer than ${TIMEOUT_MS / 1_000} s to answer.` : 'refused to connect.';
    sendJson(response, isLate ? 504 : 502, { unreachable: true, detail });
  }
}

function writeHeaders({ headers }: IncomingMessage): Record<string, string> {
  const key = headers['idempotency-key'];
  return {
    'content-type': 'application/json',
    'idempotency-key': typeof key === 'string' ? key : randomUUID(),
  };
}
