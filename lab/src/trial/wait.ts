import { setTimeout } from 'node:timers/promises';

/** Resolves at `epochMs` (at once when that is past). Throws the signal's AbortError when it is aborted before. */
export const waitUntil = async (epochMs: number, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  await setTimeout(Math.max(0, epochMs - Date.now()), undefined, { signal });
};
