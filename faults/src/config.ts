import { z } from 'zod';
import { prefix } from './prefix.ts';

/** What a component that can be broken on purpose reads besides. Without `FAULTS=on` none of it is there. */
export const faultsSchema = z.object({
  FAULTS: z.enum(['on', 'off']).default('off'),
  // a version that never becomes ready, or that is ready and answers 500
  VERSION_FAULT: z.enum(['unready', 'errors']).optional(),
  // which paths VERSION_FAULT=errors is about
  VERSION_FAULT_PREFIX: prefix.default('/'),
});
export type FaultsConfig = z.infer<typeof faultsSchema>;
