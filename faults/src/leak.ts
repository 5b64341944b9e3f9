import { z } from 'zod';
import { type Fault, readOrder } from './fault.ts';

const everyMs = 100;
const schema = z.strictObject({ bytesPerSecond: z.int().min(1_000).max(1_000_000_000) });

// Small integers take 8 bytes each in an array of Node's, on the heap that V8 limits.
const chunkBytes = 8_192;
const chunk = (): number[] => new Array<number>(chunkBytes / 8).fill(1);

/** Objects on the heap are kept for ever, until the process's limit ends it. */
export function leak(): Fault {
  let active: z.infer<typeof schema> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let kept: number[][] = [];
  let owed = 0;
  const keep = (bytes: number): void => {
    for (owed += bytes; owed >= chunkBytes; owed -= chunkBytes) kept.push(chunk());
  };
  return {
    name: 'leak',
    async begin(order) {
      active = readOrder(schema, order);
      clearInterval(timer);
      timer = setInterval(keep, everyMs, (active.bytesPerSecond * everyMs) / 1_000).unref();
    },
    async end() {
      clearInterval(timer);
      active = undefined;
      kept = [];
      owed = 0;
    },
    active: () => active,
    evidence: () => ({ bytesKept: kept.length * chunkBytes }),
  };
}
