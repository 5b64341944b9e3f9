import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of one process, in a registry of their own. */
export interface Metrics {
  registry: Registry;
  duration: Histogram<'route' | 'method' | 'status'>;
  inFlight: Gauge;
}

/** Request metrics, and Node's own: event-loop lag, heap, CPU seconds, file descriptors. */
export function createMetrics(component: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ component });
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    duration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'From the head of a request to the last byte of its answer.',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
    inFlight: new Gauge({
      name: 'http_requests_in_flight',
      help: 'Requests begun and not yet answered.',
      registers: [registry],
    }),
  };
}
