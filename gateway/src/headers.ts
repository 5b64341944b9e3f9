import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

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
// Set anew by the gateway, as all x-forwarded-*. `expect` was already answered: the body is here.
const replaced = new Set(['forwarded', 'x-real-ip', 'x-request-id', 'content-length', 'expect']);

const isOfConnection = (name: string): boolean =>
  hopByHop.has(name) || replaced.has(name) || name.startsWith('x-forwarded-');

/** The names that `Connection` declares to be for this connection only. */
const namesIn = (connection: string | undefined): string[] | undefined =>
  connection === undefined || connection === 'keep-alive'
    ? undefined
    : connection.toLowerCase().split(/[\s,]+/);

/**
 * The headers for an upstream: the client's, less what belongs to its connection or what only a gateway may
 * say; the body's exact length instead of how it was transferred.
 */
export function requestHeaders(
  req: IncomingMessage,
  requestId: string,
  bodyLength: number,
): IncomingHttpHeaders {
  const headers: IncomingHttpHeaders = {};
  const { host, connection } = req.headers;
  const named = namesIn(connection);
  for (const name in req.headers) {
    if (!isOfConnection(name) && !named?.includes(name)) headers[name] = req.headers[name];
  }
  if (host !== undefined) {
    headers.host = host;
    headers['x-forwarded-host'] = host;
  }
  // an IPv4 client at a dual-stack port shows as ::ffff:a.b.c.d
  headers['x-forwarded-for'] = (req.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
  headers['x-forwarded-proto'] = 'http';
  headers['x-request-id'] = requestId;
  const neverHasBody = req.method === 'GET' || req.method === 'HEAD';
  if (bodyLength > 0 || !neverHasBody) headers['content-length'] = String(bodyLength);
  return headers;
}

/**
 * The headers for the client, names and values in turn: the upstream's, less what belongs to its connection, and those
 * of the gateway that it does not say; the request id stays the gateway's.
 */
export function answerHeaders(theirs: readonly string[], own: readonly string[]): string[] {
  const headers: string[] = [];
  const named = namesIn(valueAt(theirs, 'connection'));
  for (let at = 0; at < theirs.length; at += 2) {
    const name = theirs[at] ?? '';
    if (!hopByHop.has(name) && name !== 'x-request-id' && !named?.includes(name))
      headers.push(name, theirs[at + 1] ?? '');
  }
  for (let at = 0; at < own.length; at += 2) {
    const name = own[at] ?? '';
    if (!headers.includes(name)) headers.push(name, own[at + 1] ?? '');
  }
  return headers;
}

const valueAt = (headers: readonly string[], name: string): string | undefined => {
  const at = headers.indexOf(name);
  return at < 0 ? undefined : headers[at + 1];
};
