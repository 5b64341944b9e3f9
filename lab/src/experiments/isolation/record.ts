import { z } from 'zod';
import { allTopologies, modules } from '../../environments/environment.ts';

const epochMs = z.number().positive();

/** What a trial leaves behind; every request is in `samples`. */
export const recordSchema = z.strictObject({
  topology: z.enum(allTopologies),
  module: z.enum(modules),
  fault: z.string(),
  trial: z.int().min(1),
  rate: z.number().positive().describe('requests a second, besides those of a surge'),
  seconds: z.strictObject({
    warmUp: z.number(),
    baseline: z.number(),
    fault: z.number(),
    recovery: z.number(),
  }),
  samples: z.string().describe("file in the experiment's folder"),
  requests: z.int().min(0),
  generator: z.strictObject({
    droppedIterations: z.int().min(0),
    lowestSecond: z.number().describe('requests started in the worst second, as a share of those planned'),
    cores: z.number().nullable().describe('CPU seconds a second under load'),
    cpuWaitShare: z.number().nullable().describe('share of the time in which it wanted a CPU and had none'),
    busyBefore: z
      .number()
      .min(0)
      .max(1)
      .describe('share of all cores busy from the start of the load to the fault'),
  }),
  mark: z.strictObject({
    fault: z.string(),
    beganAtMs: epochMs,
    seenAtMs: epochMs,
    endsAtMs: epochMs.describe('its removal was asked for'),
    removedAtMs: epochMs.describe(
      'recovery counts from here: from the order where something starts anew, else when it is undone',
    ),
    backAtMs: epochMs,
    evidence: z.string(),
  }),
});

export type IsolationRecord = z.infer<typeof recordSchema>;
