import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { everyAnswer } from './headers.ts';
import { refusalsOf } from './operation.ts';

const answersText = (summary: string, text: string): ZodOpenApiOperationObject => ({
  tags: ['health'],
  summary,
  responses: {
    '200': {
      description: text,
      headers: z.object(everyAnswer),
      content: { 'text/plain; charset=utf-8': { schema: z.literal(text) } },
    },
    ...refusalsOf(),
  },
});

/** The paths that belong to no module, each with its GET. */
export const everyComponentPaths: Record<string, ZodOpenApiOperationObject> = {
  '/': answersText('Greet', 'Ready to receive requests'),
  '/api/': answersText('Greet, as an API', 'API ready to receive requests'),
  '/livez': answersText('Whether the process is alive', 'live'),
  '/readyz': answersText('Whether it can serve: its own database answers, and it is not draining', 'ready'),
};
