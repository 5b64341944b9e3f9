import { z } from 'zod';
import { reportSchema } from '../../lab/src/report/schema.ts';

const estimate = z
  .strictObject({
    value: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    trials: z.int(),
  })
  .describe('a median with its 95 % interval; low and high are null below the trials that one needs');

const column = z.strictObject({
  title: z.string(),
  unit: z.string().describe('"" for a ratio or a count'),
  digits: z.int().min(0).describe('after the point'),
});

const table = z.strictObject({
  title: z.string(),
  columns: z.array(column),
  rows: z.array(z.strictObject({ name: z.string(), cells: z.array(estimate.nullable()) })),
});

const bar = z.strictObject({
  what: z.string(),
  kind: z.enum(['at most', 'at least']).describe('where the value has to be'),
  limit: z.number(),
  unit: z.string(),
  value: estimate.nullable().describe('null where it could not be measured'),
  met: z.boolean().describe('by the median; whether the whole interval is on the right side, its ends tell'),
});

const numbers = z.array(z.number().nullable());
const chart = z.strictObject({
  title: z.string(),
  x: z.string(),
  y: z.string(),
  logX: z.boolean(),
  series: z.array(z.strictObject({ name: z.string(), x: z.array(z.number()), y: numbers })),
});

const window = z
  .strictObject({
    target: z.string(),
    measure: z.string(),
    round: z.int(),
    requests: z.int(),
    failed: z.int(),
    seconds: z.number(),
    cpuSeconds: z.record(z.string(), z.number()).describe('by component of the target'),
    values: z
      .record(z.string(), z.number().nullable())
      .describe('what else was measured, its unit in the name'),
  })
  .describe('one measurement, as it was taken');

const part = z.strictObject({
  name: z.string(),
  title: z.string(),
  generatedAt: z.iso.datetime(),
  commit: z.string(),
  command: z.string(),
  quick: z.boolean().describe('short windows and few rounds: no evidence'),
  machine: reportSchema.shape.machine,
  versions: z.record(z.string(), z.string()).describe('of what was compared with and measured with'),
  notes: z.array(z.string()).describe('how it was measured and what makes it doubtful'),
  tables: z.array(table),
  charts: z.array(chart),
  bars: z.array(bar),
  windows: z.array(window),
  seconds: z.number(),
});

/** What `npm run bench` writes to bench.json: the latest result of every part. */
export const benchSchema = z.strictObject({ parts: z.array(part) });

export type PartResult = z.infer<typeof part>;
export type Table = z.infer<typeof table>;
export type Bar = z.infer<typeof bar>;
export type Chart = z.infer<typeof chart>;
export type Window = z.infer<typeof window>;
