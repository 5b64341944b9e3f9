import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { ConfigError } from './config.ts';
import { problemBody } from './problem.ts';

/** Where a server listens, and the largest request head (line and headers) that it takes, in bytes. */
export interface ServerOptions {
  variable: string;
  host: string;
  port: number;
  maxHeaderSize: number;
  requestTimeoutMs: number;
}

/**
 * An HTTP server that listens. Slow clients have `requestTimeoutMs` for a whole request; idle connections live
 * 75 s, above the 60 s of a typical load balancer, so that the balancer is the one to close them.
 * @throws ConfigError naming `variable` when the port is taken
 */
export async function listen(handler: RequestListener, options: ServerOptions): Promise<Server> {
  const { variable, host, port, maxHeaderSize, requestTimeoutMs: requestTimeout } = options;
  const timeouts = { headersTimeout: requestTimeout, requestTimeout, keepAliveTimeout: 75_000 };
  const limits = { maxHeaderSize, connectionsCheckingInterval: 1_000, requireHostHeader: false };
  const server = createServer({ ...timeouts, ...limits }, handler);
  server.on('checkExpectation', handler); // RFC 9110 lets a server ignore an expectation that it does not know
  // what finds no room here tries again after a second: too late for any answer, a refusal too
  server.on('clientError', answerClientError).listen({ port, host, backlog: 4_096 });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ConfigError(`${variable} ${port} cannot be listened on at ${host}.`, { cause: error });
  }
  return server;
}

/**
 * The addresses that `hosts` (with commas) stand for: an address for itself, a name for those of its addresses that
 * are this machine's, so that one that all replicas have is in each its own. @throws ConfigError for one without any
 */
export async function addressesOf(variable: string, hosts: string): Promise<string[]> {
  const own = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address));
  const resolve = async (host: string): Promise<string[]> => {
    if (isIP(host)) return [host];
    const all = await lookup(host, { all: true }).catch(() => []);
    const found = all.map(({ address }) => address).filter((address) => own.includes(address));
    if (found.length > 0) return found;
    throw new ConfigError(`${variable} names ${host}, which is no address of this machine.`);
  };
  return (await Promise.all(hosts.split(',').map(resolve))).flat();
}

/** The port that a listening server got. */
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Stops accepting, lets requests in flight end for at most `timeoutMs`, then cuts what is left. */
export async function closeServer(server: Server, timeoutMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const idle = setInterval(() => server.closeIdleConnections(), 100); // kept alive by an answer under way until now
  await Promise.race([closed, wait(timeoutMs, undefined, { ref: false })]);
  clearInterval(idle);
  server.closeAllConnections();
  await closed;
}

const answers: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The head of the request is too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

/** What Node refuses before there is a request, in the form of every other problem. */
function answerClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const [status, detail] = answers[error.code ?? ''] ?? [400, 'This is not an HTTP request.'];
  const requestId = randomUUID();
  const body = problemBody(status, detail, requestId);
  const head = [
    `HTTP/1.1 ${status} ${JSON.parse(body).title}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
