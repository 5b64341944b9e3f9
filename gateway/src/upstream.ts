import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Unavailable } from '@cleave/kit/errors';
import type { Log } from '@cleave/kit/log';
import type { Resolve } from '@cleave/replicas/addresses';
import type { CircuitState } from '@cleave/replicas/circuit';
import { NoReplica } from '@cleave/replicas/fault';
import { createGroup, type Group } from '@cleave/replicas/group';
import type { Visit } from '@cleave/replicas/send';
import type { Context } from 'koa';
import { type Outcome, passOn } from './answer.ts';
import { ClientGone, toAnswerable } from './faults.ts';
import { forward, type Outgoing } from './forward.ts';
import { requestHeaders } from './headers.ts';
import type { Limits } from './limits.ts';
import type { UpstreamMetrics } from './metrics.ts';
import type { Target } from './route-table.ts';

/** A group of replicas behind one name: its own connections, limit, retry budget, and circuits. */
export interface Upstream {
  readonly url: string;
  /** Its addresses from now on; with none, those of its host name. Replicas that stay keep their state. */
  pin: Group['pin'];
  /** Sends the request of `ctx` to a replica and passes the answer on. @throws Unavailable, TooSlow */
  serve(ctx: Context): Promise<void>;
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
  const { limits, resolve, log, metrics } = parts;
  const { hostname, port: given } = new URL(url);
  const port = Number(given || 80);
  const pool = new Agent({ keepAlive: true, timeout: limits.poolIdleMs, maxFreeSockets: limits.inFlight });
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
  const exchange = async (ctx: Context): Promise<void> => {
    const outgoing = outgoingOf(ctx);
    const { answer, visit } = await replicas.send({
      isRepeatable: outgoing.method === 'GET' || outgoing.method === 'HEAD',
      withinMs: limits.headMs,
      attempt: (address, { isFresh, withinMs }) => {
        const agent = isFresh ? undefined : pool;
        return forward(ctx.res, outgoing, {
          address,
          port,
          agent,
          connectMs: limits.connectMs,
          headMs: withinMs,
        });
      },
    });
    ctx.respond = false; // from here on the answer is written past Koa
    const outcome = await passOn(answer, ctx.res, limits);
    visit[endOf[outcome]]();
    if (outcome === 'upstream broke off') throw new Unavailable(`${name} broke off its answer.`);
  };
  const retire = (): void => {
    isRetired = true;
    replicas.close();
    if (inFlight === 0) pool.destroy();
  };
  const serve = async (ctx: Context): Promise<void> => {
    if (inFlight >= limits.inFlight) throw shed('limit', 'has too many requests in flight');
    inFlight += 1;
    try {
      await exchange(ctx);
    } catch (error) {
      if (error instanceof NoReplica) throw shed('circuit', 'is not asked for now');
      if (!(error instanceof ClientGone)) throw toAnswerable(name, error);
      ctx.respond = false;
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

const outgoingOf = ({ method, req, state }: Context): Outgoing => ({
  method,
  path: req.url ?? '/',
  headers: requestHeaders(req, state.requestId, state.body.length),
  body: state.body,
});
