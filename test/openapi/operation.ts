import { idInText } from '@cleave/module-kit/input';
import type { PathDescription } from '@cleave/module-kit/paths';
import { z } from 'zod';
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { created, everyAnswer, paged } from './headers.ts';
import { anyRouteRefusals, refusalReference } from './problems.ts';

const idempotencyKey = z
  .string()
  .regex(/^[!-~]{1,255}$/)
  .optional()
  .meta({
    description:
      'Names this write for 24 hours: sent again with the same body it gets the stored answer, and nothing is ' +
      'written twice.',
    example: '5f8c3a9e-0b4f-4f6e-8a53-5d0c3c1f9a10',
    param: { id: 'IdempotencyKey' },
  });

/** `/api/things/:thingId` as OpenAPI writes it. */
export const templateOf = (pattern: string): string => pattern.replaceAll(/:(\w+)/g, '{$1}');

/** The parameters in a pattern; every one is an id. */
export const pathParameters = (pattern: string, schema: z.ZodType = idInText): z.ZodType[] =>
  [...pattern.matchAll(/{(\w+)}/g)].map(([, name]) =>
    schema.meta({ param: { in: 'path', name: name ?? '' } }),
  );

/** References to what refuses a request on any route, and to what does so on this one. */
export function refusalsOf(statuses: number[] = []): ZodOpenApiResponsesObject {
  const all = [...anyRouteRefusals, ...statuses].sort((a, b) => a - b);
  return Object.fromEntries(all.map((status) => [status, refusalReference(status)]));
}

function answerOf({ answer, paged: isPaged }: PathDescription): ZodOpenApiResponseObject {
  if (answer.status === 204) return { description: 'Done.', headers: z.object(everyAnswer) };
  const { status, schema, example } = answer;
  const headers = status === 201 ? created : isPaged ? paged : everyAnswer;
  return {
    description: status === 201 ? 'It was created.' : 'The answer.',
    headers: z.object(headers),
    content: { 'application/json': { schema, example } },
  };
}

/** A route's operation: what it says of itself, with what all routes have in common. */
export function operationOf(method: string, pattern: string, of: PathDescription): ZodOpenApiOperationObject {
  return {
    tags: [pattern.split('/')[2] ?? ''],
    summary: of.summary,
    ...(of.description !== undefined && { description: of.description }),
    requestParams: {
      ...(of.query !== undefined && { query: of.query }),
      ...(method === 'POST' && { header: z.object({ 'idempotency-key': idempotencyKey }) }),
    },
    ...(of.body !== undefined && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: of.body.schema, example: of.body.example } },
      },
    }),
    responses: { ...{ [of.answer.status]: answerOf(of) }, ...refusalsOf(of.refusals) },
  };
}

/** HEAD of a path that has a GET: the same head, no body. */
export function headOf(get: ZodOpenApiOperationObject): ZodOpenApiOperationObject {
  const { '200': answer, ...refusals } = get.responses;
  if (answer === undefined || '$ref' in answer) throw new Error('a GET does not describe its answer');
  const { content: _, ...head } = answer;
  return { ...get, summary: `${get.summary}: the head only`, responses: { '200': head, ...refusals } };
}

/** OPTIONS, which every path answers, whatever stands in it. */
export const optionsOf = (
  pattern: string,
  { tags = [] }: ZodOpenApiOperationObject,
): ZodOpenApiOperationObject => ({
  tags,
  summary: 'The methods of this path',
  parameters: pathParameters(pattern, z.string()),
  responses: { '204': { $ref: '#/components/responses/Methods' }, ...refusalsOf() },
});
