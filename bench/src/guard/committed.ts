import { z } from 'zod';
import type { Estimate } from '../../../lab/src/statistics/estimate.ts';

// four digits are more than the interval allows
const digits = z.number().transform((number) => Number(number.toPrecision(4)));
const ratio = z.object({ value: digits, low: digits.nullable(), high: digits.nullable() });

/** What is committed: ratios by name, ours to theirs, so that less is better. */
export const committedSchema = z.strictObject({
  command: z.string(),
  machine: z.string(),
  ratios: z.record(z.string(), ratio),
});
export type Committed = z.infer<typeof ratio>;

/** Whether all of a measured interval is above all of the committed one. */
export const isWorse = (measured: Estimate, committed: Committed): boolean =>
  (measured.low ?? measured.value) > (committed.high ?? committed.value);
