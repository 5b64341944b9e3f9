import { createRouter } from '@cleave/kit/app';
import { Malformed } from '@cleave/kit/errors';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { Fault } from './fault.ts';

/** The routes of the control port: see the faults, begin one, undo them all. */
export function control(faults: readonly Fault[], version: string | undefined): Router {
  const state = () => ({
    ...(version !== undefined && { version }),
    active: Object.fromEntries(
      faults.filter((fault) => fault.active() !== undefined).map((fault) => [fault.name, fault.active()]),
    ),
    evidence: Object.assign({}, ...faults.map((fault) => fault.evidence())),
  });
  const router = createRouter();
  router.get('/faults', (ctx) => {
    ctx.body = state();
  });
  for (const fault of faults) {
    router.register(`/faults/${fault.name}`, ['POST'], async (ctx) => {
      await fault.begin(orderOf(ctx));
      ctx.body = state();
    });
  }
  router.delete('/faults', async (ctx) => {
    ctx.body = state(); // the last word on what was done
    await Promise.all(faults.map((fault) => fault.end()));
  });
  return router;
}

function orderOf(ctx: Context): unknown {
  try {
    return JSON.parse(String(ctx.state.body));
  } catch (error) {
    throw new Malformed('The body is not JSON.', { cause: error });
  }
}
