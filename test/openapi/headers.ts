import { z } from 'zod';

const header = (id: string, description: string, schema: z.ZodType, example: string) =>
  schema.meta({ description, example, header: { id } });

const requestId = header(
  'RequestId',
  'The id of the request: the one that it sent, or a new one.',
  z.string().regex(/^[!-~]{1,64}$/),
  'a1f0c7d2-3b5e-4c58-9d55-2f0e9a6c1b7d',
);
const servedBy = header(
  'ServedBy',
  'The instance that answered.',
  z.string().regex(/^[\w.-]{1,64}$/),
  'posts-1',
);
const retryAfter = header('RetryAfter', 'Seconds to wait.', z.string().regex(/^[1-9]\d*$/), '1');
const allow = header(
  'Allow',
  'The methods of this path.',
  z.string().regex(/^[A-Z]+(, [A-Z]+)*$/),
  'GET, HEAD, OPTIONS',
);
const location = header(
  'Location',
  'The path of what was created.',
  z.string().regex(/^\/api\/[a-z]+\/\d+$/),
  '/api/posts/7',
);
const link = header(
  'Link',
  'The path of the next page, where there is one.',
  z
    .string()
    .regex(/^<\/api\/[^>]+\?limit=\d+&after=\d+>; rel="next"$/)
    .optional(),
  '</api/posts?limit=2&after=2>; rel="next"',
);
const servedByIfReached = header(
  'ServedByIfReached',
  'The instance that answered; absent where Node itself did, before a component was asked.',
  servedBy.optional(),
  'posts-1',
);

/** What every answer of a component carries. */
export const everyAnswer = { 'x-request-id': requestId, 'x-served-by': servedBy };
/** What Node's own answers carry, given before a component was asked. */
export const earlyAnswer = { 'x-request-id': requestId, 'x-served-by': servedByIfReached };
export const retryable = { ...everyAnswer, 'retry-after': retryAfter };
export const allowing = { ...everyAnswer, allow };
export const created = { ...everyAnswer, location };
export const paged = { ...everyAnswer, link };
export const upgrading = { ...everyAnswer, upgrade: z.literal('HTTP/1.1') };
