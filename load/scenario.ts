// Arrival-rate scenarios. The rate holds whatever the system does: a stalled one cannot slow the load down.
import { durationSeconds, TIMEOUT } from './constants.ts';

/** The name that thresholds refer to. */
export const LOAD = 'load';
/** What comes on top of it for a while. */
export const SURGE = 'surge';

/**
 * Users (VUs) that must exist for a rate. Each waits at most TIMEOUT, so in a hang rate × TIMEOUT of them
 * wait at once; half a second more covers the tail. None is made during the run: that would cost CPU just then.
 */
export const usersFor = (rate: number): number => Math.ceil(rate * (durationSeconds(TIMEOUT) + 0.5));

// An answer that is under way at the end is waited for, as long as it may take.
const gracefulStop = `${durationSeconds(TIMEOUT) + 1}s`;

/** `rate` requests a second for `duration`. */
export const constantRate = (rate: number, duration: string) => ({
  executor: 'constant-arrival-rate' as const,
  rate,
  timeUnit: '1s',
  duration,
  preAllocatedVUs: usersFor(rate),
  maxVUs: usersFor(rate),
  gracefulStop,
});

/** From `startRate` through the stages' targets, all in requests a second. `users` as in {@link usersFor}. */
export const rampingRate = (
  startRate: number,
  stages: { duration: string; target: number }[],
  users = usersFor(Math.max(startRate, ...stages.map((stage) => stage.target))),
) => {
  return {
    executor: 'ramping-arrival-rate' as const,
    startRate,
    timeUnit: '1s',
    stages,
    preAllocatedVUs: users,
    maxVUs: users,
    gracefulStop,
  };
};
