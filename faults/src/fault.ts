import { Malformed } from '@cleave/kit/errors';
import type { Middleware } from 'koa';
import { z } from 'zod';

/** One way to break a process on purpose. */
export interface Fault {
  /** Its path below `/faults/`, and its name in what `GET /faults` says. */
  name: string;
  /** Begins, in place of what it did before; resolves when it acts. @throws Malformed when `order` is none */
  begin(order: unknown): Promise<void>;
  /** Undoes it; its counters begin anew. */
  end(): Promise<void>;
  /** The order that it follows now. */
  active(): unknown;
  /** Counters that show that it acted. */
  evidence(): Record<string, number>;
  /** For faults of requests. */
  middleware?: Middleware;
}

/** The order in a request's body. @throws Malformed */
export function readOrder<S extends z.ZodType>(schema: S, order: unknown): z.infer<S> {
  const parsed = schema.safeParse(order);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'cannot be used' };
  throw new Malformed(`The order of this fault cannot be used: ${[...path, message].join(' ')}.`);
}

/** Milliseconds, at most ten minutes. */
export const milliseconds = z.int().min(1).max(600_000);
