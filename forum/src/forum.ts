import { rawPath } from '@cleave/kit/app';
import { HttpProblem } from '@cleave/kit/problem';
import type { Context, Middleware } from 'koa';
import { type PageFile, readPageFiles } from './page-files.ts';

const base = '/forum/';
const allow = 'GET, HEAD, OPTIONS';

// Nothing inline, nothing from elsewhere, no page around it, and no way from text to markup.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/**
 * Serves the forum page below `/forum/`, from memory. What is not one of its files is left to what follows;
 * a method other than GET and HEAD throws HttpProblem 405.
 */
export function serveForum(): Middleware {
  const files = readPageFiles(base);
  return (ctx, next) => {
    const path = rawPath(ctx);
    const file = files.get(path);
    const redirects = `${path}/` === base;
    if (file === undefined && !redirects) return next();
    ctx.state.route = '/forum/';
    if (ctx.method === 'OPTIONS') return answerOptions(ctx);
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
      throw new HttpProblem(405, `Here the methods are ${allow}.`, { allow });
    }
    if (file === undefined) return redirect(ctx);
    return send(ctx, file);
  };
}

function answerOptions(ctx: Context): void {
  ctx.status = 204;
  ctx.set('allow', allow);
}

/** With the slash, so that the page's own files are found beside it. */
function redirect(ctx: Context): void {
  ctx.status = 308;
  ctx.set('location', base);
}

function send(ctx: Context, { bytes, type, etag }: PageFile): void {
  ctx.status = 200;
  ctx.set({
    etag,
    'cache-control': 'no-cache', // kept, but asked for again each time: a new release shows at once
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.set('content-type', type);
  ctx.body = bytes;
}
