import { channel } from 'node:diagnostics_channel';
import Router from '@koa/router';
import Koa, { type Context, type Middleware } from 'koa';
import { readBody } from './body.ts';
import { Malformed, Unavailable } from './errors.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { HttpProblem, problemBody, toHttpProblem } from './problem.ts';
import { withRequestContext } from './request-context.ts';

/** What an orchestrator asks a component. */
export interface Health {
  draining: boolean;
  isReady: () => Promise<boolean>;
}

/** What every port of a component is made with. */
export interface AppParts {
  instance: string;
  log: Log;
  metrics: Metrics;
  health: Health;
}

/** Where `{ method, route, requestId }` of each request is told at its end, before a tracer ends its span. */
export const answered = channel('cleave:answered');

/** What answers requests: the routes of a router, or middleware. */
export type Handler = Router | Middleware;

/** A router that takes paths as they were sent: case-sensitive, no trailing slash, nothing decoded. */
export const createRouter = (): Router => new Router({ sensitive: true, strict: true });

/** The path exactly as sent, without the query. */
export const rawPath = (ctx: Context): string => (ctx.req.url ?? '/').split('?', 1)[0] ?? '/';

/**
 * A Koa application with what every port does alike: request id, log line, metrics, problem+json, the body
 * within its limit (bytes in `ctx.state.body`), probes, and answers for paths and methods that nothing took.
 */
export function createApp(parts: AppParts, handlers: Handler[]): Koa {
  const app = new Koa().on('error', (err) => parts.log.error({ err }, 'an answer could not be sent'));
  // the members of a request's line are known: to look for secrets in each costs 4 % of a small request
  app.use(observe(parts, parts.log.child({}, { redact: [] }))).use(answerErrors(parts));
  app.use(refuseUnserved).use(takeBody).use(probes(parts.health).routes());
  for (const handler of handlers) app.use(handler instanceof Router ? handler.routes() : handler);
  return app.use(answerUnmatched);
}

/** `GET /` and `GET /api/`: what the sample application answers, and simple health checks look at. */
export const greetings = (): Router =>
  createRouter()
    .get('/', (ctx) => {
      ctx.body = 'Ready to receive requests';
    })
    .get('/api/', (ctx) => {
      ctx.body = 'API ready to receive requests';
    });

const probes = (health: Health): Router =>
  createRouter()
    .get('/livez', (ctx) => {
      ctx.body = 'live';
    })
    .get('/readyz', async (ctx) => {
      if (health.draining || !(await health.isReady())) throw new Unavailable('Not ready for requests.');
      ctx.body = 'ready';
    });

const observe =
  ({ instance, metrics, health }: AppParts, log: Log): Middleware =>
  (ctx, next) =>
    withRequestContext(ctx.req, ({ requestId }) => {
      const begun = performance.now();
      metrics.inFlight.inc();
      ctx.newRouterPath = rawPath(ctx);
      ctx.state.requestId = requestId;
      ctx.set({ 'x-request-id': requestId, 'x-served-by': instance });
      const closeWhenDraining = () =>
        void (health.draining && !ctx.headerSent && ctx.set('connection', 'close'));
      closeWhenDraining();
      ctx.res.prependOnceListener('close', () => {
        const ms = performance.now() - begun;
        // 499 as nginx has it: the client left before the answer was whole
        const status = ctx.res.writableFinished ? ctx.res.statusCode : 499;
        const route = ctx.state.route ?? ctx._matchedRoute ?? 'unmatched';
        metrics.inFlight.dec();
        metrics.duration.observe({ route, method: ctx.method, status: String(status) }, ms / 1_000);
        const level = route === '/livez' || route === '/readyz' || route === '/metrics' ? 'debug' : 'info';
        const request = { requestId, method: ctx.method, path: rawPath(ctx), route, status };
        log[level]({ ...request, ms: Math.round(ms * 10) / 10 });
        answered.publish(request);
      });
      return next().then(closeWhenDraining);
    });

const answerErrors =
  ({ log }: AppParts): Middleware =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const problem = toHttpProblem(error);
      // a fault of ours needs its stack; a dependency that is down, once a request, only its name
      if (problem.status === 500) log.error({ err: error }, 'a request failed');
      else if (problem.status > 500) log.warn({ status: problem.status, reason: reasonOf(error) });
      if (ctx.headerSent) return void ctx.res.destroy();
      ctx.status = problem.status;
      ctx.set(problem.headers);
      if (!ctx.req.complete) ctx.set('connection', 'close');
      ctx.body = problemBody(problem.status, problem.message, ctx.state.requestId, rawPath(ctx));
      ctx.set('content-type', 'application/problem+json');
    }
  };

const reasonOf = (error: unknown): string =>
  error instanceof Error ? [error.message, error.cause].filter(Boolean).join(' ') : String(error);

const refuseUnserved: Middleware = (ctx, next) => {
  if (ctx.headers.host === undefined && ctx.req.httpVersion === '1.1')
    throw new Malformed('Host is missing.');
  if (ctx.get('upgrade').toLowerCase() !== 'websocket') return next();
  throw new HttpProblem(426, 'There is no WebSocket here; use plain HTTP/1.1.', { upgrade: 'HTTP/1.1' });
};

const takeBody: Middleware = async (ctx, next) => {
  ctx.state.body = await readBody(ctx.req);
  return next();
};

const answerUnmatched: Middleware = (ctx) => {
  const layers: { methods: string[] }[] = ctx.matched ?? [];
  const matched = layers.filter((layer) => layer.methods.length > 0);
  if (matched.length === 0) throw new HttpProblem(404, 'There is nothing at this path.');
  const allow = [...new Set([...matched.flatMap((layer) => layer.methods), 'OPTIONS'])].sort().join(', ');
  if (ctx.method !== 'OPTIONS') throw new HttpProblem(405, `Here the methods are ${allow}.`, { allow });
  ctx.status = 204;
  ctx.set('allow', allow);
};
