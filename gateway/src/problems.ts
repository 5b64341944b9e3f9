import type { IncomingMessage, ServerResponse } from 'node:http';
import { rawPath, reasonOf } from '@cleave/kit/app';
import type { Log } from '@cleave/kit/log';
import { problemBody, toHttpProblem } from '@cleave/kit/problem';

/**
 * Answers with a problem as kit does behind Koa; an answer that has begun is broken off.
 * @param own headers of the gateway's own: names and values, in turn
 */
export function answerProblem(
  log: Log,
  { req, res }: { req: IncomingMessage; res: ServerResponse },
  own: readonly string[],
  requestId: string,
  error: unknown,
): void {
  const { status, message, headers } = toHttpProblem(error);
  if (status === 500) log.error({ err: error }, 'a request failed');
  else if (status > 500) log.warn({ status, reason: reasonOf(error) });
  if (res.headersSent) return void res.destroy();
  const body = problemBody(status, message, requestId, rawPath(req));
  const head = [...own, ...Object.entries(headers).flat(), 'content-type', 'application/problem+json'];
  if (!req.complete) head.push('connection', 'close');
  res.writeHead(status, [...head, 'content-length', String(Buffer.byteLength(body))]).end(body);
}
