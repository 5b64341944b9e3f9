import type { Middleware } from 'koa';

/** Serves the forum page below `/forum/`. */
export const serveForum = (): Middleware => (_ctx, next) => next();
