import type { IncomingHttpHeaders } from 'node:http';
import { type FaultKind, ReplicaFault, tellsOfNobody } from '@cleave/replicas/fault';
import { createPatience } from '@cleave/replicas/patience';
import type { Attempt } from '@cleave/replicas/send';
import { Agent, Client, type Dispatcher } from 'undici';

/** A read of a peer. */
export interface Read {
  address: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** On a connection of its own. */
  isFresh: boolean;
  /** For the whole answer. */
  withinMs: number;
}

export interface PeerAnswer {
  status: number;
  body: unknown;
}

/** The connections to all replicas of a peer. */
export interface Connections {
  /** Reads once. */
  read(read: Read): Attempt<PeerAnswer>;
  close(): Promise<void>;
}

const mostToOneReplica = 64;

/**
 * Kept-alive connections to a port of any address; `servername` is what an HTTPS certificate has to say.
 * @param connectMs the most for a connection; that nobody is there is noticed earlier, by whoever knocks
 */
export function createConnections(
  { protocol, port, servername }: { protocol: string; port: number; servername: string },
  connectMs: number,
): Connections {
  const connect = { timeout: connectMs, servername };
  const kept = new Agent({ connections: mostToOneReplica, connect });
  const originOf = (address: string): string =>
    `${protocol}//${address.includes(':') ? `[${address}]` : address}:${port}`;
  return {
    read({ address, path, headers, isFresh, withinMs }) {
      const aborted = new AbortController();
      const { promise: answer, resolve, reject } = Promise.withResolvers<PeerAnswer>();
      const end = (error: Error): void => {
        tooLate.end();
        reject(error);
        aborted.abort(error);
      };
      const tooLate = createPatience(withinMs, () =>
        end(new ReplicaFault('slow', `${address} gave no answer`)),
      );
      const origin = originOf(address);
      const own = isFresh ? new Client(origin, { connect }) : undefined;
      const request = { origin, path, method: 'GET' as const, headers, signal: aborted.signal };
      void wholeAnswer((own ?? kept).request(request))
        .then(resolve, (error: Error) => end(toFault(error, isFresh)))
        .finally(() => {
          tooLate.end();
          void own?.close();
        });
      return { answer, end };
    },
    close: () => kept.destroy(),
  };
}

async function wholeAnswer(request: Promise<Dispatcher.ResponseData>): Promise<PeerAnswer> {
  const { statusCode: status, headers, body } = await request;
  return { status, body: headers['content-type']?.includes('json') ? await body.json() : await body.text() };
}

const lostConnection = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

function toFault(error: Error & { code?: string }, isFresh: boolean): ReplicaFault {
  return new ReplicaFault(kindOf(error, isFresh), error.message, error);
}

function kindOf(error: Error & { code?: string }, isFresh: boolean): FaultKind {
  if (tellsOfNobody(error)) return 'gone';
  // it may have been closed by the other side at the moment of its reuse
  return !isFresh && lostConnection.has(error.code ?? '') ? 'stale' : 'unreachable';
}
