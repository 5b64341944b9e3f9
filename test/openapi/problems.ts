import { STATUS_CODES } from 'node:http';
import type { Problem } from '@cleave/kit/problem';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { allowing, earlyAnswer, everyAnswer, retryable, upgrading } from './headers.ts';

const problemSchema = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    instance: z
      .string()
      .exactOptional()
      .meta({ description: 'The path of the request as it was sent; absent where none was read.' }),
    requestId: z.string().regex(/^[!-~]{1,64}$/),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457), members in this order.' });
// the checker's word that this is what the components send
problemSchema satisfies z.ZodType<Problem, unknown>;

interface Refusal {
  id: string;
  when: string;
  example: string;
  headers: z.ZodRawShape;
}

const refusal = (
  id: string,
  when: string,
  example: string,
  headers: z.ZodRawShape = everyAnswer,
): Refusal => ({
  id,
  when,
  example,
  headers,
});

const refusals: Record<number, Refusal> = {
  400: refusal(
    'Malformed',
    'The request does not have the form that is asked for.',
    'limit must be a whole number from 1 to 1000.',
    earlyAnswer,
  ),
  404: refusal('NotFound', 'There is no such thing.', 'There is no user 777.'),
  405: refusal(
    'MethodNotAllowed',
    'The answer of a path to any method that it does not list.',
    'Here the methods are GET, HEAD, OPTIONS.',
    allowing,
  ),
  408: refusal(
    'RequestTimeout',
    'The request did not arrive in time.',
    'The request did not arrive in time.',
    earlyAnswer,
  ),
  409: refusal('Conflict', 'The username is taken.', 'The username finn is taken.'),
  413: refusal('TooLarge', 'The body is larger than 64 KiB.', 'The body is larger than 65536 bytes.'),
  415: refusal(
    'UnsupportedMediaType',
    'The body is something else than JSON in UTF-8.',
    'The body must be application/json in UTF-8, not encoded further.',
  ),
  422: refusal(
    'Unprocessable',
    'The body refers to something that does not exist, or the Idempotency-Key was used with another body.',
    'There is no thread 777.',
  ),
  426: refusal(
    'UpgradeRefused',
    'A WebSocket was asked for.',
    'There is no WebSocket here; use plain HTTP/1.1.',
    upgrading,
  ),
  431: refusal(
    'HeadTooLarge',
    'The head of the request is too large.',
    'The head of the request is too large.',
    earlyAnswer,
  ),
  503: refusal(
    'Unavailable',
    'Something that the answer depends on is down, or load is shed.',
    'users does not answer.',
    retryable,
  ),
  504: refusal(
    'TooSlow',
    'Something that the answer depends on did not answer in time.',
    'users did not answer in time.',
  ),
};

function toResponse(status: number, { when, example, headers }: Refusal): ZodOpenApiResponseObject {
  const title = STATUS_CODES[status] ?? '';
  const body = {
    type: 'about:blank',
    title,
    status,
    detail: example,
    instance: '/api/users',
    requestId: 'r-1',
  };
  return {
    description: when,
    headers: z.object(headers),
    content: { 'application/problem+json': { schema: problemSchema, example: body } },
  };
}

/** The answers that refuse a request, by the name of their component. */
export const refusalResponses: Record<string, ZodOpenApiResponseObject> = Object.fromEntries(
  Object.entries(refusals).map(([status, refused]) => [refused.id, toResponse(Number(status), refused)]),
);

/** @throws Error for a status that is not described here */
export function refusalReference(status: number): { $ref: string } {
  const refused = refusals[status];
  if (refused === undefined) throw new Error(`no refusal is described for ${status}`);
  return { $ref: `#/components/responses/${refused.id}` };
}

/** What any route may answer, whatever it is for. */
export const anyRouteRefusals = [400, 408, 413, 426, 431, 503, 504];
