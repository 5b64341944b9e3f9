// The load of a comparison: a constant rate, for a while with a surge of one route on top, and no objective,
// since faults are part of it. What it means is worked out from the raw samples (`--out csv=...`).
import {
  durationSeconds,
  loadDuration,
  rate,
  SURGE_AFTER,
  SURGE_DURATION,
  SURGE_RATE,
  SURGE_ROUTE,
} from './constants.ts';
import { routesNamed } from './mix.ts';
import { nextRequest, requestsOf, sampleOptions } from './request.ts';
import { constantRate, LOAD, SURGE } from './scenario.ts';
import { prepare } from './setup.ts';

const RATE = rate(400);
const DURATION = loadDuration('30s');
const surging = routesNamed([SURGE_ROUTE].filter(Boolean));

if (SURGE_RATE > 0 && SURGE_ROUTE === '') throw new Error('SURGE_RATE needs a SURGE_ROUTE');

const surgeScenario = {
  ...constantRate(SURGE_RATE, SURGE_DURATION),
  startTime: SURGE_AFTER,
  exec: 'surge',
};

export const options = {
  ...sampleOptions,
  scenarios: {
    [LOAD]: constantRate(RATE, DURATION),
    ...(SURGE_RATE > 0 && { [SURGE]: surgeScenario }),
  },
};

export const setup = () => prepare(RATE * durationSeconds(DURATION));

export default nextRequest;

/** The iterations of the surge. */
export const surge = requestsOf(surging);

// Standard output is for the samples. (The flag for this differs between k6 1 and 2.)
export const handleSummary = () => ({});
