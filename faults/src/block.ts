import { z } from 'zod';
import { type Fault, milliseconds, readOrder } from './fault.ts';

const schema = z
  .strictObject({ ms: milliseconds, everyMs: milliseconds })
  .refine(({ ms, everyMs }) => ms < everyMs, 'ms must be less than everyMs: else nothing could undo it');

/** The event loop does nothing else for `ms`, every `everyMs`: one expensive request, repeated. */
export function block(): Fault {
  let active: z.infer<typeof schema> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let blocks = 0;
  const burn = (ms: number): void => {
    const end = performance.now() + ms;
    while (performance.now() < end);
    blocks += 1;
  };
  return {
    name: 'block',
    async begin(order) {
      active = readOrder(schema, order);
      clearInterval(timer);
      timer = setInterval(burn, active.everyMs, active.ms).unref();
    },
    async end() {
      clearInterval(timer);
      active = undefined;
      blocks = 0;
    },
    active: () => active,
    evidence: () => ({ blocks }),
  };
}
