import { setTimeout as wait } from 'node:timers/promises';
import type { Site } from '../site.ts';
import { findStack, type Stack } from './stack.ts';

/** Waits until nothing is being done to the stack. @returns it, or undefined when there is none */
export async function settled(
  site: Site,
  part: string,
  onLook: () => Promise<void> = async () => undefined,
): Promise<Stack | undefined> {
  for (;;) {
    const stack = await findStack(site, part);
    // a change set that was never executed is not under way
    if (!stack?.status.endsWith('_IN_PROGRESS') || stack.status === 'REVIEW_IN_PROGRESS') return stack;
    await onLook();
    await wait(site.lookMs);
  }
}
