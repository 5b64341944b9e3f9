import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { createSchemas, type Place } from '../support/openapi-schemas.ts';
import { openApiYaml } from './document.ts';

const file = join(import.meta.dirname, '../../openapi.yaml');
const mapping = z.record(z.string(), z.unknown());

describe('openapi.yaml', () => {
  it('is what the schemas of the modules make it (else run: npm run openapi)', async () => {
    assert.ok((await readFile(file, 'utf8')) === openApiYaml(), 'it is not current');
  });

  it('has examples that are valid', () => {
    const document = mapping.parse(parse(openApiYaml()));
    const schemas = createSchemas(document);
    let examples = 0;
    const visit = (place: Place, value: unknown): void => {
      const node = mapping.safeParse(value).data;
      if (node?.example !== undefined && node.schema !== undefined) {
        schemas.validate([...place, 'schema'], node.example);
        examples += 1;
      }
      for (const [key, child] of Object.entries(node ?? {})) visit([...place, key], child);
    };
    visit([], document);
    assert.ok(examples > 20, `only ${examples} examples`);
  });
});
