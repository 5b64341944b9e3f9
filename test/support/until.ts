import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when `ask` answers true, asking again and again; throws, naming `what`, after `seconds`. */
export async function until(what: string, ask: () => Promise<boolean>, seconds = 15): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await delay(50);
  }
}
