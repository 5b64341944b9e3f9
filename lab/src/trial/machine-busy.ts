import { cpus } from 'node:os';

/** CPU time of all cores since the machine began, in ms. */
export interface MachineTimes {
  busyMs: number;
  allMs: number;
}

export const machineTimes = (): MachineTimes => {
  const times = cpus().map((cpu) => cpu.times);
  const idleMs = times.reduce((sum, { idle }) => sum + idle, 0);
  const allMs = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idleMs);
  return { allMs, busyMs: allMs - idleMs };
};

/** The share of all cores that was busy between two readings, 0 to 1. */
export const busyShare = (before: MachineTimes, after: MachineTimes): number =>
  Math.min(1, Math.max(0, (after.busyMs - before.busyMs) / Math.max(1, after.allMs - before.allMs)));

/**
 * With this share of all cores busy there may be none for the generator. Below it there is one: threads of a generator
 * with little to do wake together and so wait for longer than they run, at 50 requests a second on an idle machine too.
 */
export const fullMachine = 0.9;
