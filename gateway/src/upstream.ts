import { setTimeout as wait } from 'node:timers/promises';
import { Unavailable } from '@cleave/kit/errors';
import type { Log } from '@cleave/kit/log';
import type { Resolve } from '@cleave/replicas/addresses';
import type { CircuitState } from '@cleave/replicas/circuit';
import { NoReplica } from '@cleave/replicas/fault';
import { createGroup, type Group } from '@cleave/replicas/group';
import type { Visit } from '@cleave/replicas/send';
import { type Outcome, passOn } from './answer.ts';
import type { Client } from './client.ts';
import type { OpenEngine, Outgoing } from './engine.ts';
import { ClientGone, toAnswerable } from './faults.ts';
import { answerHeaders, requestHeaders } from './headers.ts';
import type { Limits } from './limits.ts';
import type { UpstreamMetrics } from './metrics.ts';
import type { Target } from './route-table.ts';

/** A group of replicas behind one name: its own connections, limit, retry budget, and circuits. */
export interface Upstream {
  readonly url: string;
  /** Its addresses from now on; with none, those of its host name. Replicas that stay keep their state. */
  pin: Group['pin'];
  /** Sends a client's request to a replica and passes the answer on. @throws Unavailable, TooSlow */
  serve(client: Client): Promise<void>;
  status(): UpstreamStatus;
  /** Ends its look-ups, and its connections once nothing is in flight. */
  retire(): void;
}

/** What an upstream tells about itself. */
export interface UpstreamStatus {
  name: string;
  url: string;
  inFlight: number;
  replicas: { address: string; circuit: CircuitState; inFlight: number }[];
}

/** What every upstream is made with. */
export interface UpstreamParts {
  limits: Limits;
  resolve: Resolve;
  openEngine: OpenEngine;
  log: Log;
  metrics: UpstreamMetrics;
}

const endOf: Record<Outcome, keyof Visit> = {
  whole: 'ended',
  'client left': 'left',
  'upstream broke off': 'failed',
};

/** Opens an upstream once its addresses are known, or after a second without them. */
export async function openUpstream(
  { name, url, addresses }: Target,
  parts: UpstreamParts,
): Promise<Upstream> {
  const { limits, resolve, openEngine, log, metrics } = parts;
  const { hostname, port: given } = new URL(url);
  const port = Number(given || 80);
  const engine = openEngine(port, limits);
  const host = hostname.replace(/^\[|\]$/g, ''); // of an IPv6 address
  const replicas = createGroup({ hostname: host, port }, limits, resolve, {
    onCircuit: (address, circuit) => log.warn({ upstream: name, address, circuit }, 'a circuit changed'),
    onUnresolved: (error) => log.warn({ upstream: name, err: error }, 'the addresses could not be looked up'),
    onRetry: (reason) => metrics.retries.inc({ upstream: name, reason }),
  });
  let inFlight = 0;
  let isRetired = false;
  const shed = (reason: 'limit' | 'circuit', detail: string): Unavailable => {
    metrics.shed.inc({ upstream: name, reason });
    return new Unavailable(`${name} ${detail}.`);
  };
  const exchange = async (client: Client): Promise<void> => {
    const outgoing = outgoingOf(client);
    const { answer, visit } = await replicas.send({
      isRepeatable: outgoing.method === 'GET' || outgoing.method === 'HEAD',
      withinMs: limits.headMs,
      attempt: (address, { isFresh, withinMs }) =>
        engine.forward(client.res, outgoing, { address, isFresh, withinMs }),
    });
    const headers = answerHeaders(answer.headers, client.own);
    let outcome: Outcome = 'upstream broke off';
    try {
      outcome = await passOn(answer, headers, client.res, limits);
    } finally {
      visit[endOf[outcome]]();
    }
    if (outcome === 'upstream broke off') throw new Unavailable(`${name} broke off its answer.`);
  };
  const retire = (): void => {
    isRetired = true;
    replicas.close();
    if (inFlight === 0) engine.close();
  };
  const serve = async (client: Client): Promise<void> => {
    if (inFlight >= limits.inFlight) throw shed('limit', 'has too many requests in flight');
    inFlight += 1;
    try {
      await exchange(client);
    } catch (error) {
      if (error instanceof NoReplica) throw shed('circuit', 'is not asked for now');
      if (!(error instanceof ClientGone)) throw toAnswerable(name, error);
    } finally {
      inFlight -= 1;
      if (isRetired) retire();
    }
  };
  const status = (): UpstreamStatus => ({
    name,
    url,
    inFlight,
    replicas: replicas.list().map(({ address, circuit, inFlight }) => ({
      address,
      circuit: circuit.state(),
      inFlight,
    })),
  });
  await Promise.race([replicas.pin(addresses), wait(1_000, undefined, { ref: false })]);
  return { url, pin: replicas.pin, serve, status, retire };
}

const outgoingOf = ({ req, requestId, body }: Client): Outgoing => ({
  method: req.method ?? 'GET',
  path: req.url ?? '/',
  headers: requestHeaders(req, requestId, body.length),
  body,
});
