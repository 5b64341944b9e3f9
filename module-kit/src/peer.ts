import { setTimeout as wait } from 'node:timers/promises';
import { TooSlow, Unavailable } from '@cleave/kit/errors';
import { currentRequest } from '@cleave/kit/request-context';
import { type Resolve, resolveByDns } from '@cleave/replicas/addresses';
import { NoReplica, ReplicaFault } from '@cleave/replicas/fault';
import { createGroup } from '@cleave/replicas/group';
import type { Limits } from '@cleave/replicas/limits';
import { createConnections, type PeerAnswer } from './peer.connections.ts';

/** Another service, read over HTTP with keep-alive. */
export interface Peer {
  /** @throws Unavailable when it is down or none of its replicas may be asked, TooSlow when it did not answer in time */
  get(path: string): Promise<PeerAnswer>;
  close(): Promise<void>;
}

/** How long a service waits for another: below the gateway's own patience, so that a part may be left out. */
export const peerTimeoutMs = 500;

/** As the gateway's, but quicker: there has to be time to ask another replica. */
const limits: Limits = {
  connectMs: 150,
  doubtMs: 150,
  failures: 5,
  restMs: 1_000,
  retries: { percent: 10, floor: 5 },
  resolveMs: 1_000,
};

const ignore = (): void => {};

/** A client for all replicas of the service at `url`; an answer takes at most `timeoutMs`, retries included. */
export function createPeer(
  name: string,
  url: string,
  timeoutMs: number,
  resolve: Resolve = resolveByDns,
): Peer {
  const { protocol, hostname: inUrl, host, port: given } = new URL(url);
  const hostname = inUrl.replace(/^\[|\]$/g, ''); // of an IPv6 address
  const port = Number(given || (protocol === 'https:' ? 443 : 80));
  const connections = createConnections({ protocol, port, servername: hostname }, timeoutMs);
  // Whoever asks tells of what failed; that a name does not resolve shows as a peer that cannot be asked.
  const listener = { onCircuit: ignore, onUnresolved: ignore, onRetry: ignore };
  const replicas = createGroup({ hostname, port }, limits, resolve, listener);
  const request = async (path: string): Promise<PeerAnswer> => {
    if (replicas.list().length === 0) {
      await Promise.race([replicas.refresh(), wait(timeoutMs, undefined, { ref: false })]);
    }
    const { requestId, traceparent } = currentRequest() ?? {};
    const headers = {
      host,
      ...(requestId !== undefined && { 'x-request-id': requestId }),
      ...(traceparent !== undefined && { traceparent }),
    };
    const { answer, visit } = await replicas.send({
      isRepeatable: true,
      withinMs: timeoutMs,
      attempt: (address, options) => connections.read({ address, path, headers, ...options }),
    });
    if (answer.status < 500) {
      visit.ended();
      return answer;
    }
    visit.failed();
    throw new Unavailable(`${name} cannot answer.`);
  };
  return {
    get: (path) => request(path).catch((error) => Promise.reject(translate(name, error))),
    async close() {
      replicas.close();
      await connections.close();
    },
  };
}

function translate(name: string, error: Error): Error {
  if (error instanceof Unavailable) return error;
  if (error instanceof ReplicaFault && error.kind === 'slow') {
    return new TooSlow(`${name} did not answer in time.`, { cause: error });
  }
  const state = error instanceof NoReplica ? 'is not asked for now' : 'does not answer';
  return new Unavailable(`${name} ${state}.`, { cause: error });
}
