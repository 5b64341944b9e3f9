import { timingSafeEqual } from 'node:crypto';
import type { RequestListener, Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type Router from '@koa/router';
import type { Middleware } from 'koa';
import type { z } from 'zod';
import { type AppParts, createApp, createRouter, type Handler } from './app.ts';
import { ConfigError, type componentSchema, readConfig } from './config.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { HttpProblem } from './problem.ts';
import { addressesOf, closeServer, listen } from './server.ts';

/** What a component's composition root hands over to be served. `close` runs when the last answer is out. */
export interface Component {
  handlers: Handler[];
  /** Serves what needs none of them, past Koa; all else is for `others`. */
  direct?: (parts: AppParts, others: RequestListener) => RequestListener;
  control?: Handler[];
  /** Stands before all that is served at the traffic port, whatever serves it. */
  admission?: (listener: RequestListener) => RequestListener;
  /** Largest request head in bytes; 16 KiB where clients speak, more where forwarding has added headers. */
  maxHeaderSize: number;
  isReady: () => Promise<boolean>;
  close: () => Promise<void>;
}

type Tools<S extends z.ZodObject> = { config: Readonly<z.infer<S>>; log: Log; metrics: Metrics };

/**
 * Starts a component on its traffic, admin and (where configured) control port.
 * @returns a function that drains and stops it: readiness fails first, then no new connections, then the end
 * @throws ConfigError when a variable or a port cannot be used
 */
export async function startComponent<S extends typeof componentSchema>(
  name: string,
  schema: S,
  env: NodeJS.ProcessEnv,
  build: (tools: Tools<S>) => Promise<Component>,
): Promise<() => Promise<void>> {
  const config = readConfig(schema, env);
  const log = createLog(name, config);
  const metrics = createMetrics(name);
  const component = await build({ config, log, metrics });
  const health = { draining: false, isReady: component.isReady };
  const parts: AppParts = { instance: config.INSTANCE, log, metrics, health };
  const { HOST: host, REQUEST_TIMEOUT_MS: requestTimeoutMs, maxHeaderSize } = { ...config, ...component };
  const servers: Server[] = [];
  const by = (handlers: Handler[]): RequestListener => createApp(parts, handlers).callback();
  const open = async (variable: string, port: number, at: string, listener: RequestListener) => {
    servers.push(await listen(listener, { variable, host: at, port, maxHeaderSize, requestTimeoutMs }));
  };
  const stop = async (): Promise<void> => {
    health.draining = true;
    await wait(config.DRAIN_DELAY_MS);
    await Promise.all(servers.map((server) => closeServer(server, config.DRAIN_TIMEOUT_MS)));
    await component.close();
    log.info('stopped');
  };
  try {
    for (const at of await addressesOf('ADMIN_HOST', config.ADMIN_HOST ?? host))
      await open('ADMIN_PORT', config.ADMIN_PORT, at, by([exposition(metrics)]));
    if (config.CONTROL_PORT !== undefined && config.CONTROL_TOKEN !== undefined) {
      const control = [guard(config.CONTROL_TOKEN), status(name, health), ...(component.control ?? [])];
      await open('CONTROL_PORT', config.CONTROL_PORT, '127.0.0.1', by(control));
    }
    const app = by(component.handlers);
    const served = component.direct?.(parts, app) ?? app;
    await open('PORT', config.PORT, host, component.admission?.(served) ?? served);
  } catch (error) {
    await stop();
    throw error;
  }
  log.info({ port: config.PORT, adminPort: config.ADMIN_PORT }, 'started');
  return stop;
}

/** Runs a component as this process: SIGTERM and SIGINT drain it; a start that fails is one sentence and exit 1. */
export async function runComponent(start: () => Promise<() => Promise<void>>): Promise<void> {
  try {
    const stop = await start();
    let stopping = false;
    const end = () => {
      if (stopping) return; // a group's signal and an orchestrator's may both arrive
      stopping = true;
      void stop().then(() => process.exit(0));
    };
    process.on('SIGTERM', end).on('SIGINT', end);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

const exposition = ({ registry }: Metrics): Router =>
  createRouter().get('/metrics', async (ctx) => {
    ctx.set('content-type', registry.contentType);
    ctx.body = await registry.metrics();
  });

const guard = (token: string): Middleware => {
  const expected = Buffer.from(`Bearer ${token}`);
  return (ctx, next) => {
    const sent = Buffer.from(ctx.get('authorization'));
    if (sent.length === expected.length && timingSafeEqual(sent, expected)) return next();
    throw new HttpProblem(401, 'The control port needs its token.', { 'www-authenticate': 'Bearer' });
  };
};

const status = (component: string, health: { draining: boolean }): Router =>
  createRouter().get('/status', (ctx) => {
    ctx.body = { component, draining: health.draining, uptimeSeconds: Math.round(process.uptime()) };
  });
