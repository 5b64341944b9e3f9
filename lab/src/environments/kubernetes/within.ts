import { setTimeout as delay } from 'node:timers/promises';

/** Between two questions to the API server or a component: each costs CPU that a measurement may need. */
const ASK_EVERY_MS = 250;

/** Asks again and again until the answer is true. @returns false when it was not within `ms` */
export async function within(ms: number, ask: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!(await ask())) {
    if (performance.now() > deadline) return false;
    await delay(ASK_EVERY_MS);
  }
  return true;
}
