import { setTimeout as wait } from 'node:timers/promises';
import { rawPath } from '@cleave/kit/app';
import { z } from 'zod';
import { type Fault, milliseconds, readOrder } from './fault.ts';
import { matchPrefix, prefix } from './prefix.ts';

const schema = z.strictObject({ prefix, ms: milliseconds });

/** Requests of a path wait before they are handled. Further prefixes may be ordered besides. */
export function slow(): Fault {
  const delays = new Map<string, number>();
  let ending = new AbortController();
  let requestsSlowed = 0;
  return {
    name: 'slow',
    async begin(order) {
      const { prefix, ms } = readOrder(schema, order);
      delays.set(prefix, ms);
    },
    async end() {
      delays.clear();
      ending.abort();
      ending = new AbortController();
      requestsSlowed = 0;
    },
    active: () => (delays.size > 0 ? [...delays].map(([prefix, ms]) => ({ prefix, ms })) : undefined),
    evidence: () => ({ requestsSlowed }),
    async middleware(ctx, next) {
      const ms = matchPrefix(delays, rawPath(ctx));
      if (ms === undefined) return next();
      requestsSlowed += 1;
      const { signal } = ending;
      await wait(ms, undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      return next();
    },
  };
}
