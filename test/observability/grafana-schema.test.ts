// grafana-schema.json is what Grafana says of its dashboards: the types of @grafana/grafana-foundation-sdk 0.0.21, made
// a JSON schema by ts-json-schema-generator, which takes no property that they do not have.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { z } from 'zod';

const schema = z.record(z.string(), z.unknown());
const schemas = z
  .object({
    dashboard: schema,
    timeseries: schema,
    timeseriesField: schema,
    stat: schema,
    'state-timeline': schema,
    query: schema,
  })
  .parse(JSON.parse(readFileSync(new URL('./grafana-schema.json', import.meta.url), 'utf8')));

const folder = new URL('../../deploy/observability/grafana/dashboards/', import.meta.url);
const ajv = new Ajv({ strict: false });

const complaints = (schema: object, value: unknown): string[] => {
  const validate = ajv.compile(schema);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

// what a dashboard's schema leaves open, since each panel and each data source has its own
const open = z.looseObject({
  panels: z.array(
    z.looseObject({
      type: z.enum(['row', 'timeseries', 'stat', 'state-timeline']),
      options: z.unknown().optional(),
      targets: z.array(z.unknown()).default([]),
      fieldConfig: z.looseObject({ defaults: z.looseObject({ custom: z.unknown().optional() }) }).optional(),
    }),
  ),
});

describe('a dashboard follows the schema of Grafana', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const dashboard = open.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));

    it(`${file} as a whole`, () => {
      const withoutQueries = dashboard.panels.map(({ targets: _, ...panel }) => panel);
      assert.deepEqual(complaints(schemas.dashboard, { ...dashboard, panels: withoutQueries }), []);
    });

    it(`${file} in each query and in the options of each panel`, () => {
      for (const { type, options, targets, fieldConfig } of dashboard.panels) {
        if (type === 'row') continue;
        assert.deepEqual(complaints(schemas[type], options), []);
        for (const query of targets) assert.deepEqual(complaints(schemas.query, query), []);
        if (type === 'timeseries') {
          assert.deepEqual(complaints(schemas.timeseriesField, fieldConfig?.defaults.custom), []);
        }
      }
    });
  }
});
