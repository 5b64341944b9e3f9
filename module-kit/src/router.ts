import { createRouter, rawPath } from '@cleave/kit/app';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { translateDatabaseErrors } from './database-errors.ts';

/** A router for the routes of one module. */
export function createModuleRouter(): Router {
  const router = createRouter();
  router.use(translateDatabaseErrors);
  return router;
}

/** 201, the object, and where it is. */
export function sendCreated(ctx: Context, created: { id: number }): void {
  ctx.status = 201;
  ctx.set('location', `${rawPath(ctx)}/${created.id}`);
  ctx.body = created;
}
