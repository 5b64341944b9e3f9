// What the probe brings back, parsed where it comes in.
import { z } from 'zod';
import { cellSchema } from './record.ts';

export const lootSchema = z.object({
  searched: z.object({ environments: z.number(), files: z.number(), refused: z.number() }),
  secrets: z.array(z.object({ print: z.string(), role: z.string().nullable(), where: z.string() })),
  databases: z.array(
    z.object({
      module: z.string(),
      logins: z.array(z.object({ role: z.string(), where: z.string() })),
      read: cellSchema,
      write: cellSchema,
      refusal: cellSchema,
    }),
  ),
  components: z.array(
    z.object({
      name: z.string(),
      traffic: cellSchema,
      admin: cellSchema,
      control: cellSchema,
      faults: cellSchema,
      process: cellSchema,
    }),
  ),
  host: cellSchema,
  internet: cellSchema,
  names: cellSchema,
});
export type Loot = z.infer<typeof lootSchema>;
