// Does it stay as it is for hours? A low rate, for leaks of memory, connections and disk that only time shows.
import { durationSeconds, loadDuration, rate } from './constants.ts';
import { nextRequest, sampleOptions } from './request.ts';
import { constantRate, LOAD } from './scenario.ts';
import { prepare } from './setup.ts';
import { objectives } from './thresholds.ts';

const RATE = rate(100);
const DURATION = loadDuration('1h');

export const options = {
  ...sampleOptions,
  scenarios: { [LOAD]: constantRate(RATE, DURATION) },
  thresholds: objectives(),
};

export const setup = () => prepare(RATE * durationSeconds(DURATION));

export default nextRequest;
