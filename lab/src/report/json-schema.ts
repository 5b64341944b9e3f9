import { join } from 'node:path';
import { z } from 'zod';
import { reportSchema } from './schema.ts';

/** The file that holds the schema for readers in other languages. */
export const jsonSchemaFile = join(import.meta.dirname, '../../report.schema.json');

/** The JSON Schema (draft 2020-12) of report.json, made from the one that reports are checked with. */
export const jsonSchemaText = (): string => {
  const schema = { title: 'Report of npm run compare', ...z.toJSONSchema(reportSchema) };
  return `${JSON.stringify(schema, null, 2)}\n`;
};
