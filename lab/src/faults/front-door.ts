// What a caller sees of a module while it is broken.
import type { Deployment, Module } from '../environments/environment.ts';
import { waitUntil } from '../trial/wait.ts';
import { NotSeen } from './fault.ts';

/** One answer as its caller saw it; status 0: none within the time. */
export interface Seen {
  status: number;
  ms: number;
}

const patienceMs = 1_200;
const seenWithinMs = 4_000;
const betweenMs = 50;

/** Asks a topology for one row of a module's list, and waits 1.2 s at most. */
export const askFor = async ({ baseUrl }: Deployment, module: Module, signal: AbortSignal): Promise<Seen> => {
  const beganMs = performance.now();
  const url = `${baseUrl}/api/${module}?limit=1`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) });
    await answer.arrayBuffer();
    return { status: answer.status, ms: performance.now() - beganMs };
  } catch {
    signal.throwIfAborted();
    return { status: 0, ms: performance.now() - beganMs }; // refused, cut off or too late: all are no answer
  }
};

export const describeSeen = (module: Module, { status, ms }: Seen): string =>
  `GET /api/${module} ${status === 0 ? 'gave no answer' : `answered ${status}`} after ${Math.round(ms)} ms`;

/** Not answered well, or late enough to be no good. */
export const isBroken = ({ status }: Seen): boolean => status === 0 || status >= 500;

/** Asks once. Throws NotSeen when what came back is not what the fault should make of it. */
export const requireSeen = async (
  deployment: Deployment,
  module: Module,
  expected: (seen: Seen) => boolean,
  signal: AbortSignal,
): Promise<string> => {
  const seen = await askFor(deployment, module, signal);
  if (!expected(seen)) throw new NotSeen(describeSeen(module, seen));
  return describeSeen(module, seen);
};

/** Asks until the answer is what the fault should make of it, for 4 s at most; then throws NotSeen. */
export const untilSeen = async (
  deployment: Deployment,
  module: Module,
  expected: (seen: Seen) => boolean,
  signal: AbortSignal,
): Promise<string> => {
  const deadline = Date.now() + seenWithinMs;
  for (;;) {
    const seen = await askFor(deployment, module, signal);
    if (expected(seen)) return describeSeen(module, seen);
    if (Date.now() > deadline) throw new NotSeen(describeSeen(module, seen));
    await waitUntil(Date.now() + betweenMs, signal);
  }
};
