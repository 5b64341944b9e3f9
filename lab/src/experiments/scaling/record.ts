import { z } from 'zod';
import { stepSchema, topologySchema, useSchema } from '../steady/record.ts';

const scaled = z.enum(['posts', 'monolith']).nullable().describe('what replicas are added of; null: nothing');

const step = stepSchema.extend({ replicas: z.int().min(1).describe('of what is scaled') });

/** One route's load doubled again and again; replicas are added where its objective breaks. */
const ladder = z.strictObject({
  kind: z.literal('ladder'),
  topology: topologySchema,
  trial: z.int().min(1),
  scaled,
  steps: z.array(step).min(1),
});

const point = z.strictObject({
  replicas: z.int().min(1),
  throughput: z.number().min(0).describe('answers a second'),
  failed: z.int().min(0),
  p99Ms: z.number().min(0),
  generatorCores: z.number().min(0),
  use: useSchema,
});

/** Saturated throughput over replicas. */
const sweep = z.strictObject({
  kind: z.literal('sweep'),
  topology: topologySchema,
  trial: z.int().min(1),
  scaled,
  points: z.array(point).min(1),
});

export const scalingSchema = z.discriminatedUnion('kind', [ladder, sweep]);

export type ScalingRecord = z.infer<typeof scalingSchema>;
export type LadderRecord = z.infer<typeof ladder>;
export type LadderStep = z.infer<typeof step>;
export type SweepRecord = z.infer<typeof sweep>;
export type SweepPoint = z.infer<typeof point>;
export type Scaled = z.infer<typeof scaled>;
