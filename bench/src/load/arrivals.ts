// What goes into the open-loop generator and comes out of it.
import { z } from 'zod';

export const arriveOptionsSchema = z.strictObject({
  /** `http://host:port` */
  origin: z.string(),
  /** A file with a path a line; they are asked for in random order. */
  pathsFile: z.string(),
  /** Rates in requests a second, one after the other, without a pause. */
  steps: z.array(z.strictObject({ rate: z.number().positive(), seconds: z.number().positive() })).min(1),
  /** At most so many at once; what finds all of them busy waits, and the wait counts as latency. */
  connections: z.int().positive(),
  /** Whether they are there before the first step begins. Node accepts one in each turn of its event loop, however many wait. */
  isConnected: z.boolean().default(false),
  seed: z.int(),
  /** How long one waits for an answer, retries included, in milliseconds. */
  timeoutMs: z.int().positive().default(2_000),
  /** How often a request that failed or was refused is sent again at once, as a careless client does. */
  retries: z.int().min(0).default(0),
});
export type ArriveOptions = z.input<typeof arriveOptionsSchema>;

/** What one request came to; times in milliseconds. */
const outcome = z.tuple([
  z.number().describe('when it was due, since the first step began'),
  z.number().describe('from the moment it was due to its last answer'),
  z.number().describe('of its last attempt'),
  z.int().describe('status; 0 without a whole answer in time'),
  z.boolean().describe('whether the answer had Retry-After'),
]);
export type Outcome = z.infer<typeof outcome>;

export const arrivalsSchema = z.strictObject({
  outcomes: z.array(outcome),
  /** How much later than due the generator itself was, at most, in milliseconds: its own fault. */
  lateMs: z.number(),
});
export type Arrivals = z.infer<typeof arrivalsSchema>;
