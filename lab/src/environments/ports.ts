import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { CannotStart } from './cannot-start.ts';

/** A port that is wanted: a `fixed` one or nothing, else the `preferred` one or any that is free. */
export type PortWish = { fixed: number; variable: string } | { preferred?: number | undefined };

const LOWEST = 10_240;
const HIGHEST = 32_767;
const ATTEMPTS = 200;

/**
 * Chooses one free port of 127.0.0.1 for each wish. All of them are held open until the last is chosen,
 * so that they differ.
 * @param avoid ports that are not to be chosen freely, since they are somebody's who is down for now
 * @throws CannotStart when a fixed port is busy; the sentence names the variable to change.
 */
export async function choosePorts(
  wishes: readonly PortWish[],
  avoid: ReadonlySet<number> = new Set(),
): Promise<number[]> {
  const held = new Map<PortWish, Server>();
  try {
    // A port that one wish names must not go to another, less particular one.
    for (const grant of [holdFixed, holdPreferred, () => holdAny(avoid)]) {
      for (const wish of wishes) {
        const server = held.has(wish) ? undefined : await grant(wish);
        if (server) held.set(wish, server);
      }
    }
    return wishes.map((wish) => portOf(held.get(wish)));
  } finally {
    await Promise.all([...held.values()].map((server) => new Promise((closed) => server.close(closed))));
  }
}

async function holdFixed(wish: PortWish): Promise<Server | undefined> {
  if (!('fixed' in wish)) return undefined;
  const server = await hold(wish.fixed);
  if (server) return server;
  throw new CannotStart(`Port ${wish.fixed} is busy: set ${wish.variable} to another port.`);
}

async function holdPreferred(wish: PortWish): Promise<Server | undefined> {
  return 'preferred' in wish && wish.preferred ? hold(wish.preferred) : undefined;
}

/**
 * Takes a port below the range that the kernel gives to outgoing connections. Above it, a component that is
 * down for a while may find its port taken by somebody's outgoing connection, and a client that keeps trying
 * to reach it may end up connected to itself.
 */
async function holdAny(avoid: ReadonlySet<number>): Promise<Server> {
  const highest = Math.min(HIGHEST, firstOutgoingPort() - 1);
  const [low, high] = highest - LOWEST > 1_000 ? [LOWEST, highest] : [LOWEST, HIGHEST];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(low, high + 1);
    const server = avoid.has(port) ? undefined : await hold(port);
    if (server) return server;
  }
  throw new CannotStart(`No free port was found between ${low} and ${high}.`);
}

function firstOutgoingPort(): number {
  if (process.platform !== 'linux') return 49_152; // IANA's dynamic range, which macOS keeps to
  return Number.parseInt(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'), 10);
}

function hold(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

function portOf(server: Server | undefined): number {
  const address = server?.address();
  if (!address || typeof address === 'string') throw new Error('a held port has no address');
  return address.port;
}
