import { standardDeviation } from 'simple-statistics';
import { createDraw, type DrawBelow } from './random.ts';

/** The seed of every bootstrap, so that a report can be redrawn to the digit. */
const seed = 20_260_801;

/** As many draws change a standard error by about 2 % from seed to seed: 1 / √(2 × draws). */
const draws = 1_000;

/** As many values as there are, drawn with replacement. */
export const resample = <T>(values: readonly T[], draw: DrawBelow): T[] =>
  values.map((own) => values[draw(values.length)] ?? own);

/** The values that a statistic takes in studies drawn again by `again` (Efron 1979); the same at every call. */
export const bootstrap = <T>(again: (draw: DrawBelow) => T): T[] => {
  const draw = createDraw(seed);
  return Array.from({ length: draws }, () => again(draw));
};

/** Standard error of a statistic by the bootstrap. Draws in which it does not exist (null) are left out. */
export const bootstrapError = (again: (draw: DrawBelow) => number | null): number => {
  const found = bootstrap(again).filter((value) => value !== null);
  return found.length === 0 ? 0 : standardDeviation(found);
};

/**
 * The same for a statistic that weighs `clusters` (at least 2) drawn with replacement, as a mean does: the bootstrap's
 * error is then too small by √((n − 1) / n) (Hesterberg 2015, "What teachers should know about the bootstrap").
 */
export const clusterError = <T>(clusters: readonly T[], statistic: (drawn: T[]) => number | null): number =>
  Math.sqrt(clusters.length / (clusters.length - 1)) *
  bootstrapError((draw) => statistic(resample(clusters, draw)));
