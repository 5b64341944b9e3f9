import { setTimeout as wait } from 'node:timers/promises';

/** Resolves once `holds` does, asked again and again; throws after a minute. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within a minute: ${what}`);
    await wait(2);
  }
}
