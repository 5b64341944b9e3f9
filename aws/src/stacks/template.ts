import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const shape = z.object({
  Parameters: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), z.object({ Type: z.string(), Condition: z.string().optional() })),
});

export interface Template {
  body: string;
  parameters: string[];
  resources: { name: string; type: string; conditional: boolean }[];
}

const folder = new URL('../../../deploy/ecs/', import.meta.url);

/** Reads `deploy/ecs/<name>.yaml`. */
export async function readTemplate(name: string): Promise<Template> {
  const body = await readFile(new URL(`${name}.yaml`, folder), 'utf8');
  // CloudFormation's own tags (!Ref) are left as what they stand before
  const { Parameters, Resources } = shape.parse(parse(body, { logLevel: 'error' }));
  return {
    body,
    parameters: Object.keys(Parameters),
    resources: Object.entries(Resources).map(([resource, { Type: type, Condition }]) => ({
      name: resource,
      type,
      conditional: Condition !== undefined,
    })),
  };
}
