// Does every route answer? A few requests a second, every line of the mix at least five times.
import { durationSeconds, loadDuration, rate } from './constants.ts';
import { nextRequest, sampleOptions } from './request.ts';
import { constantRate, LOAD } from './scenario.ts';
import { prepare } from './setup.ts';
import { objectives } from './thresholds.ts';

const RATE = rate(25);
const DURATION = loadDuration('20s');

export const options = {
  ...sampleOptions,
  scenarios: { [LOAD]: constantRate(RATE, DURATION) },
  thresholds: objectives(),
};

export const setup = () => prepare(RATE * durationSeconds(DURATION));

export default nextRequest;
