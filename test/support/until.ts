import { setTimeout as delay } from 'node:timers/promises';

/** Resolves with the first answer that is neither undefined nor false, asking again and again; throws, naming `what`, after `seconds`. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  seconds = 15,
): Promise<T> {
  const deadline = performance.now() + seconds * 1_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await delay(2);
  }
}
