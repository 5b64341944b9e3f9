import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import net, { type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { portOf } from '../../../replicas/test/support/ports.ts';

/** Two addresses of this machine; macOS answers at one IPv4 loopback address only. */
export const addresses: readonly [string, string] = [
  '127.0.0.1',
  process.platform === 'darwin' ? '::1' : '127.0.0.2',
];

/** A server for a gateway to forward to. */
export interface TestUpstream {
  port: number;
  url: string;
  /** Its connections, and how many there have been. */
  sockets: Set<Socket>;
  accepted: () => number;
  stop: () => Promise<void>;
}

/** An HTTP server, stopped with the test. */
export const startUpstream = (
  t: TestContext,
  answer: RequestListener,
  at: { address?: string; port?: number } = {},
): Promise<TestUpstream> => serve(t, http.createServer({ keepAliveTimeout: 75_000 }, answer), at);

/** A server that gets the bytes of its connections. */
export const startRawUpstream = (t: TestContext, onSocket: (socket: Socket) => void): Promise<TestUpstream> =>
  serve(t, net.createServer(onSocket), {});

async function serve(
  t: TestContext,
  server: net.Server,
  { address = addresses[0], port = 0 }: { address?: string; port?: number },
): Promise<TestUpstream> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket) => {
    accepted += 1;
    sockets.add(socket);
    // a test's client or gateway may reset it, which is not what the test is about
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  });
  server.listen(port, address);
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  t.after(stop);
  return {
    port: portOf(server),
    url: `http://localhost:${portOf(server)}`,
    sockets,
    accepted: () => accepted,
    stop,
  };
}

/** The whole body of a request. */
export async function bodyOf(req: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}
