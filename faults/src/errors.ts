import { rawPath } from '@cleave/kit/app';
import { HttpProblem } from '@cleave/kit/problem';
import { z } from 'zod';
import { type Fault, readOrder } from './fault.ts';
import { matchPrefix, prefix } from './prefix.ts';

const schema = z.strictObject({ prefix, status: z.int().min(500).max(599).default(500) });

/** Requests of a path are answered with an error. `built` is what the version itself is wrong about: no end undoes it. */
export function errors(built: ReadonlyMap<string, number>): Fault {
  const statuses = new Map(built);
  let requestsFailed = 0;
  return {
    name: 'errors',
    async begin(order) {
      const { prefix, status } = readOrder(schema, order);
      statuses.set(prefix, status);
    },
    async end() {
      statuses.clear();
      for (const [prefix, status] of built) statuses.set(prefix, status);
      requestsFailed = 0;
    },
    active: () =>
      statuses.size > 0 ? [...statuses].map(([prefix, status]) => ({ prefix, status })) : undefined,
    evidence: () => ({ requestsFailed }),
    middleware(ctx, next) {
      const status = matchPrefix(statuses, rawPath(ctx));
      if (status === undefined) return next();
      requestsFailed += 1;
      throw new HttpProblem(status, 'This path is broken on purpose.');
    },
  };
}
