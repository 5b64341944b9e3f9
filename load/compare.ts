// The load of a comparison: a constant rate and no objective, since faults are part of it. What it means
// is worked out from the raw samples (`--out csv=...`).
import { durationSeconds, loadDuration, rate } from './constants.ts';
import { nextRequest, sampleOptions } from './request.ts';
import { constantRate, LOAD } from './scenario.ts';
import { prepare } from './setup.ts';

const RATE = rate(400);
const DURATION = loadDuration('30s');

export const options = { ...sampleOptions, scenarios: { [LOAD]: constantRate(RATE, DURATION) } };

export const setup = () => prepare(RATE * durationSeconds(DURATION));

export default nextRequest;

// Standard output is for the samples. (The flag for this differs between k6 1 and 2.)
export const handleSummary = () => ({});
