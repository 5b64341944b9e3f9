import type { Deployment } from '../environments/environment.ts';
import type { Fault as Definition } from '../faults/fault.ts';
import { isBroken, requireSeen } from '../faults/front-door.ts';
import { hung } from '../faults/hung.ts';
import { killed } from '../faults/stopped.ts';
import type { Fault, FaultMark } from '../report/schema.ts';
import { waitUntil } from '../trial/wait.ts';
import { module } from './target.ts';

/** The second look may take this long, and is to be over when the fault is removed. */
const lookMs = 1_300;

const definitions: Record<Fault, Definition> = { kill: killed, hang: hung };

/** When a fault is to begin and to end (epoch ms). */
export type Injection = { fault: Fault; beginMs: number; removeMs: number };

const look = async (deployment: Deployment, fault: Fault, signal: AbortSignal): Promise<string> => {
  try {
    return await requireSeen(deployment, module, isBroken, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`${fault} was not seen: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
};

/**
 * Breaks what serves posts at `beginMs` and mends it at `removeMs`. A caller must see the fault soon after the
 * beginning and again just before the end, or this throws; also when a verb did not see it.
 */
export const inject = async (
  deployment: Deployment,
  { fault, beginMs, removeMs }: Injection,
  signal: AbortSignal,
): Promise<FaultMark> => {
  await waitUntil(beginMs, signal);
  const beganAtMs = Date.now();
  const lastsMs = removeMs - beginMs;
  // the environment is the local one, where nobody starts again what was killed
  const active = await definitions[fault].apply({ deployment, module, lastsMs, heals: false, signal });
  const seenAtMs = Date.now();
  const first = await look(deployment, fault, signal);
  await waitUntil(removeMs - lookMs, signal);
  const last = await look(deployment, fault, signal);
  const still = await active.check();
  await waitUntil(removeMs, signal);
  const removedAtMs = Date.now();
  await active.remove();
  const evidence = `${active.evidence}; ${first}; at the end: ${still}; ${last}`;
  return { fault, beganAtMs, seenAtMs, removedAtMs, backAtMs: Date.now(), evidence };
};
