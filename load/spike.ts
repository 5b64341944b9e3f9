// Does it come through a sudden crowd? RATE, then SPIKE_FACTOR times as much within a second, then RATE again.
import { durationSeconds, loadDuration, rate, SPIKE_FACTOR } from './constants.ts';
import { nextRequest, sampleOptions } from './request.ts';
import { LOAD, rampingRate } from './scenario.ts';
import { prepare } from './setup.ts';
import { objectives } from './thresholds.ts';

const RATE = rate(100);
/** How long each of the three parts lasts: before, at the peak, after. */
const DURATION = loadDuration('20s');
const PEAK = RATE * SPIKE_FACTOR;

export const options = {
  ...sampleOptions,
  scenarios: {
    [LOAD]: rampingRate(RATE, [
      { duration: DURATION, target: RATE },
      { duration: '1s', target: PEAK },
      { duration: DURATION, target: PEAK },
      { duration: '1s', target: RATE },
      { duration: DURATION, target: RATE },
    ]),
  },
  thresholds: objectives(),
};

export const setup = () => prepare((2 * RATE + PEAK) * durationSeconds(DURATION));

export default nextRequest;
