import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

// RFC 9110, section 7.6.1, and what intermediaries before it treated alike
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
// Set anew by the gateway. `expect` was already answered: the body is here.
const replaced = /^(?:x-forwarded-.*|forwarded|x-real-ip|x-request-id|content-length|expect)$/;

/** The names that `Connection` declares to be for this connection only. */
const connectionNames = ({ connection = '' }: IncomingHttpHeaders): string[] =>
  connection.toLowerCase().split(/[\s,]+/);

/**
 * The headers for an upstream: the client's, less what belongs to its connection or what only a gateway may
 * say; the body's exact length instead of how it was transferred.
 */
export function requestHeaders(
  req: IncomingMessage,
  requestId: string,
  bodyLength: number,
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  const named = connectionNames(req.headers);
  for (const [name, value] of Object.entries(req.headers)) {
    if (!hopByHop.has(name) && !replaced.test(name) && !named.includes(name)) headers[name] = value;
  }
  const { host } = req.headers;
  if (host !== undefined) Object.assign(headers, { host, 'x-forwarded-host': host });
  // an IPv4 client at a dual-stack port shows as ::ffff:a.b.c.d
  headers['x-forwarded-for'] = (req.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
  headers['x-forwarded-proto'] = 'http';
  headers['x-request-id'] = requestId;
  const neverHasBody = req.method === 'GET' || req.method === 'HEAD';
  if (bodyLength > 0 || !neverHasBody) headers['content-length'] = bodyLength;
  return headers;
}

/** Puts an upstream's headers on the client's answer, over the gateway's own; the request id stays. */
export function copyAnswerHeaders(answer: IncomingMessage, res: ServerResponse): void {
  const named = connectionNames(answer.headers);
  for (const [name, values = []] of Object.entries(answer.headersDistinct)) {
    if (hopByHop.has(name) || name === 'x-request-id' || named.includes(name)) continue;
    const [value = ''] = values;
    res.setHeader(name, values.length > 1 ? values : value);
  }
}
