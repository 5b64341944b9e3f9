import { createAdmission } from '@cleave/admission/admission';
import type { AdmissionConfig } from '@cleave/admission/config';
import { serveForum } from '@cleave/forum';
import { createRouter, greetings, type Handler } from '@cleave/kit/app';
import type { Component } from '@cleave/kit/component';
import { ConfigError } from '@cleave/kit/config';
import type { Log } from '@cleave/kit/log';
import type { Metrics } from '@cleave/kit/metrics';
import { type Resolve, resolveByDns } from '@cleave/replicas/addresses';
import { type EngineName, engines } from './engines.ts';
import { forwardDirectly, forwarding } from './forwarding.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { createUpstreamMetrics } from './metrics.ts';
import type { RouteTable } from './route-table.ts';
import { BadRoutes, openRoutesFile } from './routes-file.ts';
import { createRouting, type Routing } from './routing.ts';
import { openUpstream } from './upstream.ts';

/** What the process brings. */
interface Tools {
  config: AdmissionConfig & { INSTANCE: string; ROUTES_FILE: string; GATEWAY_ENGINE: EngineName };
  log: Log;
  metrics: Metrics;
}

/** What a test may set in place of what a process uses. */
interface Overrides {
  limits?: Partial<Limits>;
  resolve?: Resolve;
}

/**
 * The gateway: forwards each path to an upstream of its route, and takes new routes while it runs.
 * @throws ConfigError when the routes file cannot be used
 */
export async function createGateway(
  { config, log, metrics }: Tools,
  overrides: Overrides = {},
): Promise<Component> {
  const file = openOrRefuse(config.ROUTES_FILE);
  const parts = {
    limits: { ...defaultLimits, ...overrides.limits },
    resolve: overrides.resolve ?? resolveByDns,
    openEngine: engines[config.GATEWAY_ENGINE],
    log,
    metrics: createUpstreamMetrics(metrics.registry, () => routing.status()),
  };
  const routing = createRouting((target) => openUpstream(target, parts));
  await routing.take(file.table);
  const refuse = (error: Error): void => log.error({ reason: error.message }, 'new routes were refused');
  let taking = Promise.resolve(); // one after the other, in the order in which they were read
  const onTable = (table: RouteTable): void => {
    const take = () => routing.take(table);
    taking = taking
      .then(take)
      .then(() => log.info({ version: table.version }, 'new routes are in use'))
      .catch(refuse);
  };
  const endWatch = file.watch({ onTable, onBad: refuse });
  return {
    handlers: [greetings(), serveForum(), forwarding(routing)],
    direct: forwardDirectly(routing),
    control: [routesView(routing)],
    admission: createAdmission({ config, log, metrics }),
    maxHeaderSize: 16_384,
    isReady: async () => routing.status().version >= 0,
    async close() {
      endWatch();
      routing.close();
    },
  };
}

function openOrRefuse(path: string): ReturnType<typeof openRoutesFile> {
  try {
    return openRoutesFile(path);
  } catch (error) {
    throw error instanceof BadRoutes ? new ConfigError(error.message, { cause: error }) : error;
  }
}

function routesView(routing: Routing): Handler {
  const router = createRouter();
  router.get('/routes', (ctx) => {
    ctx.body = routing.status();
  });
  return router;
}
