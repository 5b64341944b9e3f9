import { setTimeout as wait } from 'node:timers/promises';
import { Unavailable } from '@cleave/kit/errors';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Fault, readOrder } from './fault.ts';

const schema = z.strictObject({});
// a pool under load gives its connections one after the other, as requests end
const patienceMs = 3_000;
const againMs = 50;

/** Holds all `size` connections of the pool of `db`, so that every request that needs one waits in vain. */
export function pool<Tables>(db: Kysely<Tables>, size: number): Fault {
  let release: (() => Promise<void>) | undefined;
  let connectionsHeld = 0;
  let reason: unknown;

  const hold = (): { held: Promise<void>; release: () => Promise<void> } => {
    const { promise: released, resolve } = Promise.withResolvers<void>();
    const { promise: held, resolve: isHeld } = Promise.withResolvers<void>();
    let isOver = false;
    const holdOne = async (): Promise<void> => {
      await db.connection().execute(async () => {
        connectionsHeld += 1;
        if (connectionsHeld === size) isHeld();
        await released;
        connectionsHeld -= 1;
      });
    };
    // the pool itself gives up a wait after a while
    const insist = async (): Promise<void> => {
      while (!isOver) {
        try {
          return await holdOne();
        } catch (error) {
          reason = error;
          await wait(againMs);
        }
      }
    };
    const all = Promise.all(Array.from({ length: size }, insist));
    return {
      held,
      async release() {
        isOver = true;
        resolve();
        await all;
      },
    };
  };

  const end = async (): Promise<void> => {
    await release?.();
    release = undefined;
  };
  return {
    name: 'pool',
    async begin(order) {
      readOrder(schema, order);
      if (release) return;
      const holding = hold();
      release = holding.release;
      const isInTime = await Promise.race([holding.held.then(() => true), wait(patienceMs, false)]);
      if (isInTime) return;
      await end();
      throw new Unavailable('The connections of the pool could not all be had.', { cause: reason });
    },
    end,
    active: () => (release ? { size } : undefined),
    evidence: () => ({ connectionsHeld }),
  };
}
