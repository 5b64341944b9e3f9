import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemBody } from '@cleave/kit/problem';
import { requestIdOf } from '@cleave/kit/request-context';

/**
 * Answers 503 with as little work as a whole answer can be: what is refused at three times what can be served is two
 * thirds of all, and its cost is taken from those that are let in. So it passes no middleware and has no line in the
 * log of its own. A body that comes with it is read and dropped by Node, within the time for a request.
 */
export function refuse(req: IncomingMessage, res: ServerResponse, instance: string): void {
  const requestId = requestIdOf(req);
  const path = (req.url ?? '/').split('?', 1)[0];
  const body = problemBody(503, 'There is more to do than can be done in time.', requestId, path);
  res.writeHead(503, [
    'content-type',
    'application/problem+json',
    'content-length',
    String(Buffer.byteLength(body)),
    'retry-after',
    '1',
    'x-request-id',
    requestId,
    'x-served-by',
    instance,
  ]);
  res.end(body);
}
