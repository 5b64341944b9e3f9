import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../../deploy');
const template = z.object({
  Description: z.string(),
  Parameters: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Description: z.string(),
      AllowedPattern: z.string().optional(),
      AllowedValues: z.array(z.string()).optional(),
      MinValue: z.number().optional(),
      MaxValue: z.number().optional(),
    }),
  ),
  Resources: z.record(z.string(), z.looseObject({ Type: z.string() })),
});

const templates = ['ecs', 'ec2'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      // CloudFormation's own tags (!Ref) are left as what they stand before
      return { path: `${folder}/${file}`, text, content: template.parse(parse(text, { logLevel: 'error' })) };
    }),
);

describe('the templates', () => {
  it('are short: 200 lines at most, the master 120', () => {
    assert.ok(templates.length > 10);
    const long = templates.filter(
      ({ path, text }) => text.split('\n').length > (path === 'ecs/master.yaml' ? 120 : 200),
    );
    assert.deepEqual(
      long.map(({ path }) => path),
      [],
    );
  });

  it('say of every parameter what it is for and what it may be', () => {
    const open = templates.flatMap(({ path, content }) =>
      Object.entries(content.Parameters)
        .filter(([, one]) => {
          const limits = [one.AllowedPattern, one.AllowedValues, one.MinValue];
          return !one.Type.startsWith('AWS::') && limits.every((limit) => limit === undefined);
        })
        .map(([name]) => `${path}: ${name}`),
    );
    assert.deepEqual(open, []);
  });

  it('open no port for SSH', () => {
    const opening = templates.filter(({ text }) => /(From|To)Port: 22\b/.test(text));
    assert.deepEqual(opening, []);
  });

  it('use no YAML anchors, which CloudFormation does not know', () => {
    const anchored = templates.filter(({ text }) => /: [&*][\w-]+\s*$/m.test(text));
    assert.deepEqual(anchored, []);
  });
});
