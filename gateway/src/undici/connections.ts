import { Agent, type Dispatcher, Pool } from 'undici';
import type { Limits } from '../limits.ts';
import { CountingClient } from './counting-client.ts';
import type { Exchange } from './exchange.ts';

/** A request, where it goes, and whether on a connection of its own. */
export interface Sending extends Dispatcher.DispatchOptions {
  address: string;
  isFresh: boolean;
}

/** Connections to all replicas of an upstream. */
export interface Connections {
  dispatch(sending: Sending, exchange: Exchange): void;
  /** Closes those at rest; those in use are closed when they come to rest. */
  close(): void;
}

// how much earlier than the other side says a connection is no longer used: it may be on the way to be closed
const marginMs = 1_000;

/** A pool of kept-alive connections for each address, gone with its last connection; how many, is for the caller's limit. */
export function openConnections(
  port: number,
  { connectMs, poolIdleMs }: Pick<Limits, 'connectMs' | 'poolIdleMs'>,
): Connections {
  const options = {
    connect: { timeout: connectMs },
    pipelining: 1,
    keepAliveTimeout: poolIdleMs,
    keepAliveMaxTimeout: poolIdleMs,
    keepAliveTimeoutThreshold: marginMs,
    // who waits for an answer has limits of its own
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const factory = (origin: string | URL, of: object): CountingClient => new CountingClient(origin, of);
  const agent = new Agent({ factory: (origin) => new Pool(origin, { ...options, factory }) });
  let isClosed = false;

  return {
    dispatch({ address, isFresh, ...sending }, exchange) {
      const origin = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
      if (!isFresh && !isClosed) return void agent.dispatch({ ...sending, origin }, exchange);
      const client = new CountingClient(origin, options);
      client.dispatch(sending, exchange);
      void client.close(); // once that is done
    },
    close() {
      if (!isClosed) void agent.close();
      isClosed = true;
    },
  };
}
