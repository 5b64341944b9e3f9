import { setTimeout as delay } from 'node:timers/promises';
import type { Member } from './ground.ts';

const READY_WITHIN_MS = 30_000;

/** Starts what is down, and waits until all is ready: some may be starting again by themselves. */
export async function restore(members: readonly Member[]): Promise<void> {
  const down = members.filter(({ process }) => process.pid() === undefined);
  await Promise.all(down.map(({ process }) => process.start()));
  const deadline = Date.now() + READY_WITHIN_MS;
  for (const { id, process } of members) {
    while (!(await process.isReady())) {
      if (Date.now() > deadline) throw new Error(`${id} is not ready ${READY_WITHIN_MS / 1_000} s later`);
      await delay(20);
    }
  }
}
