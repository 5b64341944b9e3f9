import { writeFile } from 'node:fs/promises';
import { jsonSchemaFile, jsonSchemaText } from './json-schema.ts';

await writeFile(jsonSchemaFile, jsonSchemaText());
