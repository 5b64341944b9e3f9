import { z } from 'zod';

/** What every component that refuses what is too much reads besides. */
export const admissionSchema = z.object({
  // how long a request may wait for its turn in this process, on average, in milliseconds; an answer takes two or
  // three turns, so that this is for a 99th percentile of 50 ms, and a refusal one; 0: none is refused
  ADMISSION_DELAY_MS: z.coerce.number().int().min(0).max(10_000).default(10),
});
export type AdmissionConfig = z.infer<typeof admissionSchema>;
