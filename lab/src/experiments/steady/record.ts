// What a window of steady load leaves behind, for experiments that measure one.
import { z } from 'zod';
import { allTopologies } from '../../environments/environment.ts';

/** What one component used in a window, all its replicas together. */
const partUse = z.strictObject({
  part: z.string(),
  replicas: z.int().min(1),
  cpuSeconds: z.number().min(0).describe('user and system time, from the kernel'),
  memoryBytes: z.number().min(0).describe('at the end of the window'),
  receivedBytes: z.number().min(0).nullable(),
  sentBytes: z.number().min(0).nullable(),
});

/** What all components of a topology used between two looks at the accounting. */
export const useSchema = z.strictObject({
  seconds: z.number().positive().describe('between the two looks'),
  parts: z.array(partUse).describe('empty where the system has no such accounting'),
  connections: z.record(z.string(), z.int().min(0)).describe('clients of each database at the end'),
  machineBusy: z.number().min(0).max(1).describe('share of all cores that was busy, whoever kept them so'),
});

export const windowSchema = z.strictObject({
  rate: z.number().positive(),
  samples: z.string().describe("file in the experiment's folder"),
  fromMs: z.number(),
  toMs: z.number(),
  generatorCores: z.number().min(0).nullable().describe('CPU seconds a second under load'),
  use: useSchema,
});

export const topologySchema = z.enum(allTopologies);

export type PartUse = z.infer<typeof partUse>;
export type Use = z.infer<typeof useSchema>;
/** Load at one rate, from which the warm-up has been dropped. */
export type SteadyWindow = z.infer<typeof windowSchema>;

/** One rate that was tried, and whether it met the objective. */
export const stepSchema = z.strictObject({
  window: windowSchema,
  requests: z.int().min(0),
  failed: z.int().min(0),
  p99Ms: z.number().nullable(),
  fellBehind: z.boolean().describe('the generator did not keep the rate'),
  starved: z.boolean().describe('the generator was short of CPU'),
  met: z.boolean(),
});
