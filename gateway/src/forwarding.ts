import { type AppParts, rawPath, refuseUnserved, tellEnd } from '@cleave/kit/app';
import { readBody } from '@cleave/kit/body';
import type { Component } from '@cleave/kit/component';
import { withRequestContext } from '@cleave/kit/request-context';
import type { Middleware } from 'koa';
import { answerProblem } from './problems.ts';
import type { Routing } from './routing.ts';

/** What the gateway answers itself, whatever the routes say: its handlers, and the probes that kit adds. */
const ownPath = /^\/(?:api\/|livez|readyz|forum(?:\/.*)?)?$/;

/**
 * Forwards what a route covers, past Koa: its context, a promise for each handler, and headers that are set one after
 * the other cost as much as the forwarding.
 */
export const forwardDirectly =
  (routing: Routing): NonNullable<Component['direct']> =>
  (parts, others) => {
    const told: AppParts = { ...parts, log: parts.log.child({}, { redact: [] }) }; // as in kit's createApp
    return (req, res) => {
      const path = rawPath(req);
      const found = ownPath.test(path) ? undefined : routing.find(path);
      if (!found) return others(req, res);
      const exchange = { req, res };
      const serve = async (requestId: string): Promise<void> => {
        const own = ['x-request-id', requestId, 'x-served-by', parts.instance];
        if (parts.health.draining) own.push('connection', 'close');
        try {
          refuseUnserved(exchange);
          await found.upstream.serve({ ...exchange, requestId, body: await readBody(req), own });
        } catch (error) {
          answerProblem(parts.log, exchange, own, requestId, error);
        }
      };
      withRequestContext(req, ({ requestId }) => {
        tellEnd(told, exchange, requestId, () => found.prefix);
        return serve(requestId);
      });
    };
  };

/** Forwards what a route covers and none of the gateway's own handlers took. */
export const forwarding =
  (routing: Routing): Middleware =>
  async (ctx, next) => {
    const found = routing.find(rawPath(ctx));
    if (!found) return next();
    const { req, res } = ctx;
    const { requestId, body } = ctx.state;
    ctx.state.route = found.prefix;
    await found.upstream.serve({ req, res, requestId, body, own: ['x-request-id', requestId] });
    ctx.respond = false; // the answer was written past Koa
  };
