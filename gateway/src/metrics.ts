import type { CircuitState } from '@cleave/replicas/circuit';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { UpstreamStatus } from './upstream.ts';

/** Why a request was refused without being sent: too many in flight, or no address that could be asked. */
export type ShedReason = 'limit' | 'circuit';

/** What the upstreams count. */
export interface UpstreamMetrics {
  shed: Counter<'upstream' | 'reason'>;
  retries: Counter<'upstream' | 'reason'>;
}

const stateNumber: Record<CircuitState, number> = { closed: 0, 'half-open': 1, open: 2 };

/** The gateway's own metrics; states are read from `status` when they are scraped. */
export function createUpstreamMetrics(
  registry: Registry,
  status: () => { version: number; upstreams: UpstreamStatus[] },
): UpstreamMetrics {
  const registers = [registry];
  new Gauge({
    name: 'gateway_routes_version',
    help: 'The version of the routes in use.',
    registers,
    collect() {
      this.set(status().version);
    },
  });
  new Gauge({
    name: 'gateway_upstream_circuit_state',
    help: 'The circuit of each address: 0 closed, 1 half-open, 2 open.',
    labelNames: ['upstream', 'address'],
    registers,
    collect() {
      this.reset(); // addresses come and go
      for (const { name, replicas } of status().upstreams) {
        for (const { address, circuit } of replicas) {
          this.set({ upstream: name, address }, stateNumber[circuit]);
        }
      }
    },
  });
  new Gauge({
    name: 'gateway_upstream_in_flight',
    help: 'Requests sent to an upstream and not yet answered to the end.',
    labelNames: ['upstream'],
    registers,
    collect() {
      this.reset();
      for (const { name, inFlight } of status().upstreams) this.set({ upstream: name }, inFlight);
    },
  });
  return {
    shed: new Counter({
      name: 'gateway_shed_total',
      help: 'Requests refused at once, by reason: the limit of requests in flight, or no closed circuit.',
      labelNames: ['upstream', 'reason'],
      registers,
    }),
    retries: new Counter({
      name: 'gateway_retries_total',
      help: 'Requests sent again, by reason: a stale connection, the fault of an address, or its silence.',
      labelNames: ['upstream', 'reason'],
      registers,
    }),
  };
}
