// Where is the knee? The rate climbs in steps; the last step that met the objectives is what the system carries.
// A step that collapses ends the run (exit code 99).
import type { Options } from 'k6/options';
import { durationSeconds, loadDuration, STRESS_FROM, STRESS_STEP, STRESS_TO } from './constants.ts';
import { kneeReport, type Results, stepMetrics } from './knee.ts';
import { nextRequest, sampleOptions } from './request.ts';
import { rampingRate } from './scenario.ts';
import { prepare } from './setup.ts';

/** How long each step holds its rate, after a climb of two seconds. */
const DURATION = loadDuration('15s');
const CLIMB_SECONDS = 2;
const stepSeconds = durationSeconds(DURATION) + CLIMB_SECONDS;

// Half a second of waiting users is far beyond the knee; the two seconds of a hang would need gigabytes
// at these rates (a user takes about 0.5 MB).
const PATIENCE_SECONDS = 0.5;

/** A step is over the cliff when one request of ten fails or one of a hundred takes a second. */
const COLLAPSE = { failed: 'rate<0.1', duration: 'p(99)<1000' };

const rates: number[] = [];
for (let rate = STRESS_FROM; rate <= STRESS_TO; rate += STRESS_STEP) rates.push(rate);
const steps = rates.map((rate) => ({ rate, name: `at_${rate}` }));

const climbTo = (rate: number, index: number) => ({
  ...rampingRate(
    rates[index - 1] ?? rate,
    [
      { duration: `${CLIMB_SECONDS}s`, target: rate },
      { duration: DURATION, target: rate },
    ],
    Math.ceil(rate * PATIENCE_SECONDS),
  ),
  startTime: `${index * stepSeconds}s`,
});

const limitsOf = (name: string): NonNullable<Options['thresholds']> => {
  const metrics = stepMetrics(name);
  return {
    [metrics.requests]: ['count>=0'],
    [metrics.dropped]: ['count>=0'],
    [metrics.failed]: [{ threshold: COLLAPSE.failed, abortOnFail: true }],
    [metrics.duration]: [{ threshold: COLLAPSE.duration, abortOnFail: true }],
  };
};

export const options: Options = {
  ...sampleOptions,
  scenarios: Object.fromEntries(steps.map(({ rate, name }, index) => [name, climbTo(rate, index)])),
  thresholds: Object.assign({}, ...steps.map(({ name }) => limitsOf(name))),
};

export const setup = () => prepare(rates.reduce((sum, rate) => sum + rate, 0) * stepSeconds);

export default nextRequest;

export const handleSummary = (results: Results) => ({ stdout: kneeReport(results, steps) });
