import { subscribe } from 'node:diagnostics_channel';
import type { RequestListener } from 'node:http';
import type { Log } from '@cleave/kit/log';
import type { Metrics } from '@cleave/kit/metrics';
import { Gauge } from 'prom-client';
import type { AdmissionConfig } from './config.ts';
import { createGate } from './gate.ts';
import { refuse } from './refuse.ts';
import { waited } from './waited.ts';

interface Tools {
  config: AdmissionConfig & { INSTANCE: string };
  log: Log;
  metrics: Metrics;
}

/** What stands before the handlers of the traffic port: passes on what can be served in time, and refuses the rest. */
export type Admission = (handler: RequestListener) => RequestListener;

const probes = new Set(['/livez', '/readyz']);
const tellMs = 1_000;

/**
 * The admission of a process. Probes are always let in; ADMISSION_DELAY_MS=0 lets everything in.
 * Requests that are refused count in `http_request_duration_seconds` like all others, and are told of together.
 */
export function createAdmission(
  { config, log, metrics }: Tools,
  gate = createGate(config.ADMISSION_DELAY_MS),
): Admission {
  if (config.ADMISSION_DELAY_MS === 0) return (handler) => handler;
  subscribe(waited.name, (ms) => void (typeof ms === 'number' && gate.waited(ms)));
  new Gauge({
    name: 'admission_limit',
    help: 'Requests that may be in flight at once; what is beyond is refused.',
    registers: [metrics.registry],
    collect() {
      this.set(gate.limit());
    },
  });
  let refused = 0;
  const tell = (): void => {
    log.warn({ refused, inFlight: gate.inFlight(), limit: gate.limit() }, 'requests were refused');
    refused = 0;
  };
  return (handler) => (req, res) => {
    const path = req.url ?? '/';
    if (probes.has(path)) return handler(req, res);
    if (gate.enter()) {
      res.once('close', gate.leave);
      return handler(req, res);
    }
    if (refused === 0) setTimeout(tell, tellMs).unref();
    refused += 1;
    // the route is not known yet
    const route = path.startsWith('/api/') ? '/api/*' : '/*';
    metrics.duration.observe({ route, method: req.method ?? '', status: '503' }, 0);
    const begun = performance.now();
    refuse(req, res, config.INSTANCE);
    gate.refused(performance.now() - begun);
  };
}
