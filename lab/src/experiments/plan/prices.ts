import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const instance = z.strictObject({
  name: z.string(),
  vcpu: z.number().positive(),
  sustainedVcpu: z.number().positive().describe('what a burstable one may use all day long'),
  memoryGiB: z.number().positive(),
  hour: z.number().positive(),
});

export const pricesSchema = z.strictObject({
  date: z.iso.date(),
  region: z.string(),
  currency: z.string(),
  hoursPerMonth: z.number().positive(),
  fargate: z.strictObject({
    source: z.url(),
    note: z.string(),
    vcpuHour: z.number().positive(),
    gbHour: z.number().positive(),
    tasks: z
      .array(z.strictObject({ vcpu: z.number().positive(), gb: z.array(z.number().positive()).min(1) }))
      .min(1)
      .describe('sizes that a task can have, upwards; one process of ours uses at most one vCPU'),
  }),
  rds: z.strictObject({
    source: z.url(),
    note: z.string(),
    storageGbMonth: z.number().positive(),
    instances: z.array(instance).min(1).describe('upwards'),
  }),
  traffic: z.strictObject({ source: z.url(), note: z.string(), gb: z.number().positive() }),
});

export type Prices = z.infer<typeof pricesSchema>;
export type Instance = z.infer<typeof instance>;

/** Reads the table of prices beside this file. */
export const readPrices = async (): Promise<Prices> =>
  pricesSchema.parse(JSON.parse(await readFile(join(import.meta.dirname, 'prices.json'), 'utf8')));
