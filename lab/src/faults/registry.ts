import { answers500, neverReady } from './bad-deployments.ts';
import { databaseSlow } from './database-slow.ts';
import type { Fault } from './fault.ts';
import { hung } from './hung.ts';
import { eventLoopBlocked, handlerSlow, poolExhausted } from './in-code.ts';
import { memoryLeak } from './memory-leak.ts';
import { databaseStopped, killed } from './stopped.ts';
import { surge } from './surge.ts';

/** Every fault, in the order in which reports show them. */
export const faults: readonly Fault[] = [
  killed,
  hung,
  eventLoopBlocked,
  memoryLeak,
  handlerSlow,
  databaseStopped,
  databaseSlow,
  poolExhausted,
  surge,
  neverReady,
  answers500,
];

/** Throws when there is no fault of that name. */
export const faultNamed = (name: string): Fault => {
  const found = faults.find((fault) => fault.name === name);
  if (found === undefined) throw new Error(`there is no fault ${name}`);
  return found;
};
