import { z } from 'zod';
import { stepSchema, topologySchema, useSchema, windowSchema } from '../steady/record.ts';

/** The mix at one of the fixed rates, or the one read that crosses all modules alone. */
export const loads = ['mix', 'discussion'] as const;

const steady = z.strictObject({
  kind: z.literal('steady'),
  topology: topologySchema,
  trial: z.int().min(1),
  load: z.enum(loads),
  window: windowSchema,
});

const idle = z.strictObject({
  kind: z.literal('idle'),
  topology: topologySchema,
  trial: z.int().min(1),
  use: useSchema,
});

export const endings = [
  'objective missed',
  'generator fell behind',
  'generator short of CPU',
  'highest rate reached',
] as const;

const knee = z.strictObject({
  kind: z.literal('knee'),
  topology: topologySchema,
  trial: z.int().min(1),
  steps: z.array(stepSchema).min(1),
  ended: z.enum(endings),
});

export const costSchema = z.discriminatedUnion('kind', [steady, idle, knee]);

export type CostRecord = z.infer<typeof costSchema>;
export type SteadyRecord = z.infer<typeof steady>;
export type IdleRecord = z.infer<typeof idle>;
export type KneeRecord = z.infer<typeof knee>;
export type KneeStep = z.infer<typeof stepSchema>;
