// Does it hold an ordinary rate within its objectives?
import { durationSeconds, loadDuration, rate } from './constants.ts';
import { nextRequest, sampleOptions } from './request.ts';
import { constantRate, LOAD } from './scenario.ts';
import { prepare } from './setup.ts';
import { objectives } from './thresholds.ts';

const RATE = rate(400);
const DURATION = loadDuration('1m');

export const options = {
  ...sampleOptions,
  scenarios: { [LOAD]: constantRate(RATE, DURATION) },
  thresholds: objectives(),
};

export const setup = () => prepare(RATE * durationSeconds(DURATION));

export default nextRequest;
