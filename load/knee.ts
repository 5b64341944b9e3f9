// Reads the knee off the results of steps of growing rate.
import { FAILURES_PER_100_000, P99_MS } from './constants.ts';

/** What k6 gives to handleSummary, as far as it is used here. */
export type Results = { metrics: Record<string, { values: Record<string, number> }> };

type Step = { rate: number; requests: number; p99Ms: number; failedShare: number; dropped: number };

/** The metrics that a step's figures come from. Naming one in a threshold is what makes k6 keep it. */
export const stepMetrics = (scenario: string) => ({
  requests: `http_reqs{scenario:${scenario}}`,
  duration: `http_req_duration{scenario:${scenario}}`,
  failed: `http_req_failed{scenario:${scenario}}`,
  dropped: `dropped_iterations{scenario:${scenario}}`,
});

const stepOf = (results: Results, rate: number, scenario: string): Step => {
  const names = stepMetrics(scenario);
  const value = (name: string, key: string): number => results.metrics[name]?.values[key] ?? 0;
  return {
    rate,
    requests: value(names.requests, 'count'),
    p99Ms: value(names.duration, 'p(99)'),
    failedShare: value(names.failed, 'rate'),
    dropped: value(names.dropped, 'count'),
  };
};

const holds = (step: Step): boolean =>
  step.p99Ms <= P99_MS && step.failedShare < FAILURES_PER_100_000 / 100_000 && step.dropped === 0;

const row = (step: Step): string =>
  [
    `${step.rate}/s`.padStart(8),
    `p99 ${step.p99Ms.toFixed(1)} ms`.padStart(16),
    `failed ${(step.failedShare * 100).toFixed(2)} %`.padStart(17),
    `not sent ${step.dropped}`.padStart(16),
    holds(step) ? '  holds' : '  does not hold',
  ].join('');

const verdict = (steps: Step[]): string => {
  const firstFailure = steps.findIndex((step) => !holds(step));
  const lastHeld = firstFailure < 0 ? steps.at(-1) : steps[firstFailure - 1];
  if (!lastHeld) return `Not even ${steps[0]?.rate ?? 0} requests a second met the objectives.`;
  if (firstFailure < 0) return `No knee up to ${lastHeld.rate} requests a second: raise STRESS_TO.`;
  return `The knee is between ${lastHeld.rate} and ${steps[firstFailure]?.rate} requests a second.`;
};

/** One line for each step that was reached, and a sentence. */
export const kneeReport = (results: Results, scenarios: { rate: number; name: string }[]): string => {
  const steps = scenarios
    .map(({ rate, name }) => stepOf(results, rate, name))
    .filter((step) => step.requests > 0);
  return `\n${steps.map(row).join('\n')}\n\n${verdict(steps)}\n`;
};
