import type { DrawBelow } from './random.ts';

/** Requests and failures of one second of one trial. */
export type Second = { requests: number; failed: number };

/** How often a study is drawn again; more changes an interval's ends by less than their last printed digit. */
export const resamples = 2_000;

const addTrial = (sum: Second, trial: readonly Second[], draw: DrawBelow): void => {
  for (let i = 0; i < trial.length; i += 1) {
    const second = trial[draw(trial.length)];
    if (second === undefined) continue;
    sum.requests += second.requests;
    sum.failed += second.failed;
  }
};

const drawStudy = (trials: readonly (readonly Second[])[], draw: DrawBelow): number => {
  const sum = { requests: 0, failed: 0 };
  for (let i = 0; i < trials.length; i += 1) {
    const trial = trials[draw(trials.length)];
    if (trial !== undefined) addTrial(sum, trial, draw);
  }
  return 1 - sum.failed / sum.requests;
};

/**
 * Availabilities of `resamples` studies drawn from this one, sorted upwards: trials are drawn with replacement,
 * then seconds within each drawn trial. Requests of one second share their luck (one dead process fails them
 * all), so drawing single requests would claim a certainty that is not there.
 * Every trial needs at least one second, every second at least one request.
 */
export const clusterBootstrap = (trials: readonly (readonly Second[])[], draw: DrawBelow): number[] =>
  Array.from({ length: resamples }, () => drawStudy(trials, draw)).sort((a, b) => a - b);
