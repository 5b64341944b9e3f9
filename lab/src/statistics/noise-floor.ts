import { rootMeanSquare } from 'simple-statistics';
import { reachWith } from './student.ts';

/** The 80 % quantile of the normal distribution. */
const z80 = 0.8416;

/** The 80 % quantile of Student's t, to 0.002 from 2 degrees of freedom (Abramowitz and Stegun 26.7.5). */
const power80 = (degrees: number): number => {
  const first = (z80 ** 3 + z80) / 4;
  const second = (5 * z80 ** 5 + 16 * z80 ** 3 + 3 * z80) / 96;
  return z80 + first / degrees + second / degrees ** 2;
};

/** Spread of ratios whose truth is known to be 1, on the scale of logarithms. */
const spread = (ratios: readonly number[]): number => {
  if (ratios.length === 0) throw new RangeError('noise cannot be told from no A/A ratios');
  return rootMeanSquare(ratios.map(Math.log));
};

/**
 * The noise floor by A/A `ratios` (the same topology against itself): 95 % of further ones are expected within a
 * factor of 1 + floor of 1. A prediction interval by Student's t; the mean needs no estimate, since it is known to
 * be 1, so every ratio is a degree of freedom. 0.03 means 3 %. Holds for ratios from as many trials as these.
 */
export const noiseFloor = (ratios: readonly number[]): number =>
  Math.expm1(reachWith(ratios.length) * spread(ratios));

/**
 * The smallest true difference that this machine can resolve, by A/A `ratios`: one that has an 80 % chance to be
 * found outside the noise floor (Bloom 1995, "Minimum detectable effects"). 0.05 means 5 %.
 */
export const resolvable = (ratios: readonly number[]): number =>
  Math.expm1((reachWith(ratios.length) + power80(ratios.length)) * spread(ratios));
