import { rawPath } from '@cleave/kit/app';
import type { Context } from 'koa';
import type { Page } from './input.ts';

/** Keyset pagination reads one row more than asked for: whether it is there tells if a next page is. */
export const rowsToRead = (page: Page): number => page.limit + 1;

/** The rows of a page; announces the next one in `Link` where there is more. */
export function sendPage<Row extends { id: number }>(ctx: Context, page: Page, rows: Row[]): Row[] {
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  if (rows.length > page.limit && last !== undefined) {
    ctx.set('link', `<${rawPath(ctx)}?limit=${page.limit}&after=${last.id}>; rel="next"`);
  }
  return shown;
}
