import { channel } from 'node:diagnostics_channel';
import Router from '@koa/router';
import Koa, { type Context, type Middleware } from 'koa';
import { readBody } from './body.ts';
import { Malformed, Unavailable } from './errors.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { HttpProblem, problemBody, toHttpProblem } from './problem.ts';
import { withRequestContext } from './request-context.ts';

/** What every port of a component is made with. */
export interface AppParts {
  instance: string;
  log: Log;
  metrics: Metrics;
  /** What an orchestrator asks. */
  health: { draining: boolean; isReady: () => Promise<boolean> };
}

/** Where `{ method, route, requestId }` of each request is told at its end, before a tracer ends its span. */
export const answered = channel('cleave:answered');

/** What answers requests: the routes of a router, or middleware. */
export type Handler = Router | Middleware;
type Exchange = Pick<Context, 'req' | 'res'>;
type RouteOf = () => string | undefined;

/** A router that takes paths as they were sent: case-sensitive, no trailing slash, nothing decoded. */
export const createRouter = (): Router => new Router({ sensitive: true, strict: true });

/** The path exactly as sent, without the query. */
export const rawPath = ({ url = '/' }: { url?: string | undefined }): string => url.split('?', 1)[0] ?? '/';

/**
 * A Koa application with what every port does alike: request id, log line, metrics, problem+json, the body
 * within its limit (bytes in `ctx.state.body`), probes, and answers for paths and methods that nothing took.
 */
export function createApp(parts: AppParts, handlers: Handler[]): Koa {
  const app = new Koa().on('error', (err) => parts.log.error({ err }, 'an answer could not be sent'));
  // the members of a request's line are known: to look for secrets in each costs 4 % of a small request
  app.use(observe({ ...parts, log: parts.log.child({}, { redact: [] }) })).use(answerErrors(parts));
  app.use(takeBody).use(probes(parts).routes());
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

const probes = ({ health }: AppParts): Router =>
  createRouter()
    .get('/livez', (ctx) => {
      ctx.body = 'live';
    })
    .get('/readyz', async (ctx) => {
      if (health.draining || !(await health.isReady())) throw new Unavailable('Not ready for requests.');
      ctx.body = 'ready';
    });

/** Tells of a request when it ends: in the log, in the metrics, and to a tracer. `routeOf` is asked then. */
export function tellEnd(parts: AppParts, { req, res }: Exchange, requestId: string, routeOf: RouteOf): void {
  const { log, metrics } = parts;
  const begun = performance.now();
  metrics.inFlight.inc();
  res.prependOnceListener('close', () => {
    const ms = performance.now() - begun;
    // 499 as nginx has it: the client left before the answer was whole
    const status = res.writableFinished ? res.statusCode : 499;
    const [method = '', route = 'unmatched'] = [req.method, routeOf()];
    metrics.inFlight.dec();
    metrics.duration.observe({ route, method, status: String(status) }, ms / 1_000);
    const level = route === '/livez' || route === '/readyz' || route === '/metrics' ? 'debug' : 'info';
    const request = { requestId, method, path: rawPath(req), route, status };
    log[level]({ ...request, ms: Math.round(ms * 10) / 10 });
    answered.publish(request);
  });
}

const observe =
  (parts: AppParts): Middleware =>
  (ctx, next) =>
    withRequestContext(ctx.req, ({ requestId }) => {
      tellEnd(parts, ctx, requestId, () => ctx.state.route ?? ctx._matchedRoute);
      ctx.newRouterPath = rawPath(ctx);
      ctx.state.requestId = requestId;
      ctx.set({ 'x-request-id': requestId, 'x-served-by': parts.instance });
      const endKept = () => void (parts.health.draining && !ctx.headerSent && ctx.set('connection', 'close'));
      endKept();
      return next().then(endKept);
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

/** Why, for the log. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? [error.message, error.cause].filter(Boolean).join(' ') : String(error);

/** @throws Malformed, HttpProblem for what no component serves: a request without a host, a WebSocket */
export function refuseUnserved({ req: { headers, httpVersion } }: Exchange): void {
  if (headers.host === undefined && httpVersion === '1.1') throw new Malformed('Host is missing.');
  if (headers.upgrade?.toLowerCase() !== 'websocket') return;
  throw new HttpProblem(426, 'There is no WebSocket here; use plain HTTP/1.1.', { upgrade: 'HTTP/1.1' });
}

const takeBody: Middleware = async (ctx, next) => {
  refuseUnserved(ctx);
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
