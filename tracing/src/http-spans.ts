import { ClientRequest, type IncomingMessage } from 'node:http';
import type { Span } from '@opentelemetry/api';

const probes = /^\/(?:livez|readyz|metrics)$/;

/** What an orchestrator and Prometheus ask every few seconds: not worth a trace. */
export const isProbe = ({ url = '' }: IncomingMessage): boolean => probes.test(url);

/**
 * Takes the trace headers off a request that was received. By now its span has them, and sends headers of its own
 * with whatever is asked for it: whoever passes on the caller's would send two, which is none.
 */
export function forgetCaller(_span: Span, request: ClientRequest | IncomingMessage): void {
  if (request instanceof ClientRequest) return;
  delete request.headers.traceparent;
  delete request.headers.tracestate;
}

/** Tells the URL that was sent: a proxy's request is given its path after it was made. */
export function tellSentUrl(span: Span, request: ClientRequest | IncomingMessage): void {
  if (!(request instanceof ClientRequest)) return;
  const { protocol, host, path, socket } = request;
  const port = socket?.remotePort === undefined ? '' : `:${socket.remotePort}`;
  span.setAttribute('url.full', `${protocol}//${host}${port}${path}`);
}
