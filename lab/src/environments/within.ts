import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again, `everyMs` apart, until the answer is true. @returns false when it was not within `ms` */
export async function within(ms: number, ask: () => Promise<boolean>, everyMs = 25): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!(await ask())) {
    if (performance.now() > deadline) return false;
    await delay(everyMs);
  }
  return true;
}
