import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The header that carries the page's token. */
export const tokenHeader = 'x-page-token';

export interface Guard {
  /** As the page is opened: `http://127.0.0.1:4000`. */
  origin: string;
  token: string;
}

/**
 * Why a request is refused, or undefined. Whatever the request, its Host must be this page's own (another name that
 * leads to this address is a rebound one) and a browser must not say that another site asks. What changes something
 * needs this page's Origin and the token besides, which only who has read the page knows.
 */
export function refusal({ method, headers }: IncomingMessage, guard: Guard): string | undefined {
  if (headers.host !== new URL(guard.origin).host) return `This page is at ${guard.origin}/ only.`;
  if (isFromElsewhere(headers)) return 'Another site may not ask this page.';
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (headers.origin !== guard.origin) return `The Origin must be ${guard.origin}.`;
  if (!isToken(headers[tokenHeader], guard.token))
    return `The header ${tokenHeader} must carry the page's token.`;
  return undefined;
}

function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  // a person may follow a link to the page; nothing else of it may be asked for by another site
  const isVisit = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return site !== undefined && site !== 'same-origin' && site !== 'none' && !isVisit;
}

function isToken(given: string | string[] | undefined, token: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
