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

/** The request's own id, or a new one where it sent none that can be kept. */
export const requestIdOf = ({ headers: { 'x-request-id': sent } }: IncomingMessage): string =>
  typeof sent === 'string' && visibleAscii.test(sent) ? sent : randomUUID();

/** Runs `work` with what belongs to the request. */
export function withRequestContext<T>(req: IncomingMessage, work: (context: RequestContext) => T): T {
  const { traceparent: sent } = req.headers;
  const context = { requestId: requestIdOf(req), traceparent: typeof sent === 'string' ? sent : undefined };
  return storage.run(context, () => work(context));
}
