import { standardDeviation } from 'simple-statistics';
import type { DrawBelow } from './random.ts';

/** Requests and failures of one second of one trial. */
export type Second = { requests: number; failed: number };

/** One trial's seconds, counted from the beginning of the phase; a second without requests has zeros. */
export type Trial = readonly Second[];

/** How often a study is drawn again; more would change an interval less than its last printed digit. */
export const resamples = 2_000;

/**
 * Shares are compared on the arcsine scale, where their spread is about the same near 0, near 1 and between
 * (Freeman and Tukey 1950), and brought back from it.
 */
export const toAngle = (share: number): number => Math.asin(Math.sqrt(share));
export const fromAngle = (angle: number): number => Math.sin(Math.min(Math.PI / 2, Math.max(0, angle))) ** 2;

const drawOne = <T>(from: readonly T[], draw: DrawBelow): T | undefined => from[draw(from.length)];

const drawStudy = (trials: readonly Trial[], draw: DrawBelow): Second => {
  const sum = { requests: 0, failed: 0 };
  const drawn = trials.map(() => drawOne(trials, draw) ?? []);
  const longest = Math.max(...trials.map((trial) => trial.length));
  for (let second = 0; second < longest; second += 1) {
    for (let i = 0; i < drawn.length; i += 1) {
      const found = drawOne(drawn, draw)?.[second];
      sum.requests += found?.requests ?? 0;
      sum.failed += found?.failed ?? 0;
    }
  }
  return sum;
};

/**
 * Standard error, on the arcsine scale, of the availability of all trials together, by a cluster bootstrap: trials
 * are drawn with replacement, and then each second anew from the same second of a drawn trial. Requests of one second
 * share their luck (one dead process fails them all), so drawing single requests would claim too much certainty;
 * and a phase's seconds are not alike, so its first may not be drawn for its last. Needs at least one request.
 */
export const standardError = (trials: readonly Trial[], draw: DrawBelow): number => {
  const angles: number[] = [];
  while (angles.length < resamples) {
    const { requests, failed } = drawStudy(trials, draw);
    // A route with little traffic may be drawn without any: that study says nothing.
    if (requests > 0) angles.push(toAngle(1 - failed / requests));
  }
  return standardDeviation(angles);
};
