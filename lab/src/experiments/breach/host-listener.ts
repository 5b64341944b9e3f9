import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { namespace } from './inside/introduce.ts';
import type { Introductions } from './map.ts';
import type { Targets } from './targets.ts';

/** A service of the machine, to see which components reach one; closed with `close`. */
export interface HostListener {
  at: Targets['host'];
  close(): Promise<void>;
}

/**
 * Listens where the components see this machine: on the bridges of their networks, or on loopback where they have no
 * network of their own. Where a bridge is not on this machine (Docker in a virtual machine), nobody listens.
 */
export async function listenOnHost(told: Introductions): Promise<HostListener> {
  const own = namespace('net');
  const addresses = [...told.values()].flatMap(({ namespaces, routers }) =>
    namespaces.network === own ? ['127.0.0.1'] : routers,
  );
  const servers: Server[] = [];
  let port = 0;
  for (const address of new Set(addresses)) {
    const server = await listen(address, port);
    if (server === undefined) continue;
    servers.push(server);
    const bound = server.address();
    if (typeof bound === 'object' && bound !== null) port = bound.port;
  }
  return {
    at: { addresses: [...new Set(addresses)], port: port || 1 },
    close: async () => void (await Promise.all(servers.map((server) => closed(server)))),
  };
}

async function listen(address: string, port: number): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy()).listen(port, address);
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined; // not an address of this machine, or a port that is taken there
  }
}

const closed = (server: Server): Promise<unknown> => new Promise((resolve) => server.close(resolve));
