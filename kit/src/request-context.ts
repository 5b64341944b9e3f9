import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What belongs to one request and travels with it: into logs, and to peers as headers. */
export interface RequestContext {
  requestId: string;
  traceparent: string | undefined;
}

const storage = new AsyncLocalStorage<RequestContext>();
const visibleAscii = /^[\x21-\x7e]{1,64}$/;

/** The request being served, or undefined outside one. */
export const currentRequest = (): RequestContext | undefined => storage.getStore();

/** Runs `work` with the request's own id, or a new one where it sent none that can be kept. */
export function withRequestContext<T>(req: IncomingMessage, work: (context: RequestContext) => T): T {
  const { 'x-request-id': sent, traceparent } = req.headers;
  const kept = typeof sent === 'string' && visibleAscii.test(sent) ? sent : randomUUID();
  const context = { requestId: kept, traceparent: typeof traceparent === 'string' ? traceparent : undefined };
  return storage.run(context, () => work(context));
}
