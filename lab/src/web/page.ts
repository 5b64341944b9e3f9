import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { CannotStart } from '../environments/cannot-start.ts';
import type { Deployment } from '../environments/environment.ts';
import { createHandler } from './handler.ts';
import { createLive } from './live.ts';

export interface PageOptions {
  /** The topologies that are shown, from left to right. All of them are up. */
  deployments: readonly Deployment[];
  /** 0: any that is free. */
  port: number;
}

export interface Page {
  /** Where to open it: `http://127.0.0.1:4000/`. */
  url: string;
  /** Ends load and connections. Faults are left as they are. */
  close(): Promise<void>;
}

/** Load goes on so long after the last viewer has left. */
const UNWATCHED_MS = 120_000;

/**
 * Serves the page that shows topologies side by side and breaks them, on 127.0.0.1 only.
 * @throws CannotStart when the port is busy
 */
export async function startPage({ deployments, port }: PageOptions): Promise<Page> {
  const server = createServer();
  const origin = `http://127.0.0.1:${await listen(server, port)}`;
  const live = createLive({ deployments, unwatchedMs: UNWATCHED_MS });
  const guard = { origin, token: randomBytes(24).toString('base64url') };
  server.on('request', createHandler(guard, live, deployments));
  return {
    url: `${origin}/`,
    async close() {
      live.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new CannotStart(`Port ${port} is busy: set PAGE_PORT to another port.`);
    }
    throw error;
  }
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the page has no port');
  return address.port;
}
