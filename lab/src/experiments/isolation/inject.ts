import { type Fault, NotSeen, type Target } from '../../faults/fault.ts';
import type { Mark } from '../../trial/mark.ts';
import { waitUntil } from '../../trial/wait.ts';

/** The second look may take this long where a process has little CPU left, and is to be over when the fault is removed. */
const lookAgainMs = 2_500;

/**
 * Breaks a module at `beginMs`, looks again shortly before the end, and mends it when the fault has lasted for
 * `seconds` from when it counts. Throws when it was not seen, at either end; it is removed all the same.
 */
export const inject = async (
  fault: Fault,
  target: Target,
  beginMs: number,
  seconds: number,
): Promise<Required<Mark>> => {
  await waitUntil(beginMs, target.signal);
  const beganAtMs = Date.now();
  const active = await fault.apply(target);
  const seenAtMs = fault.countsFrom === 'order' ? beganAtMs : Date.now();
  const removeMs = seenAtMs + seconds * 1000;
  const lookMs = removeMs - Math.min(lookAgainMs, 500 * seconds);
  let evidence = active.evidence;
  try {
    if (Date.now() > lookMs) throw new NotSeen(`it came about only after ${Date.now() - beganAtMs} ms`);
    await waitUntil(lookMs, target.signal);
    evidence = `${evidence}; at the end: ${await active.check()}`;
    await waitUntil(removeMs, target.signal);
  } catch (error) {
    await active.remove();
    throw error;
  }
  const endsAtMs = Date.now();
  const last = await active.remove();
  const backAtMs = Date.now();
  // Starting anew is a part of recovery. Else that begins when the removal is done, which may take a moment.
  const removedAtMs = fault.startsAnew ? endsAtMs : backAtMs;
  if (last !== undefined) evidence = `${evidence}; undone: ${last}`;
  return { fault: fault.name, beganAtMs, seenAtMs, endsAtMs, removedAtMs, backAtMs, evidence };
};
