import { z } from 'zod';
import { topologySchema, windowSchema } from '../steady/record.ts';

/** Two names for one topology. */
export const labels = ['A1', 'A2'] as const;

export const noiseSchema = z.strictObject({
  topology: topologySchema,
  label: z.enum(labels),
  trial: z.int().min(1),
  window: windowSchema,
});

export type NoiseRecord = z.infer<typeof noiseSchema>;
