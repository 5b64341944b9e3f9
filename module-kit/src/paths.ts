import type { z } from 'zod';
import { batchQuery, pageQuery } from './input.ts';

/** What a module says of one route, for openapi.yaml; what all routes have in common is added there. */
export interface PathDescription {
  summary: string;
  description?: string;
  query?: z.ZodObject;
  body?: { schema: z.ZodType; example: object };
  answer: { status: 200 | 201; schema: z.ZodType; example: object } | { status: 204 };
  /** The answer announces its next page in `Link`. */
  paged?: true;
  /** Refusals beyond those that any route may give. */
  refusals?: (404 | 409 | 415 | 422)[];
}

/** By method and pattern, as in `GET /api/things/:thingId`. */
export type Paths = Record<`${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`, PathDescription>;

const ids = batchQuery.shape.id.optional().meta({
  description: 'A batch instead of a page: ids, separated by commas.',
});

/** What a list takes: a page, or a batch of ids instead. */
export const listQuery = pageQuery.extend({ id: ids });
