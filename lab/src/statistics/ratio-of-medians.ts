import { median } from 'simple-statistics';
import type { Estimate } from './estimate.ts';
import { bootstrapError, resample } from './resample.ts';
import { reachOf, reachWith } from './student.ts';

type Pair = readonly [a: number, b: number];

const requirePositive = (values: readonly number[]): void => {
  if (values.length === 0) throw new RangeError('a ratio of medians needs values');
  if (!values.every((value) => value > 0 && Number.isFinite(value)))
    throw new RangeError('a ratio of medians needs positive, finite values');
};

const pairsOf = (a: readonly number[], b: readonly number[]): Pair[] => {
  requirePositive(a);
  requirePositive(b);
  if (a.length !== b.length) throw new RangeError(`${a.length} values cannot be paired with ${b.length}`);
  return a.map((value, index) => [value, b[index] ?? value]);
};

/** Around a logarithm: `reach` standard errors to each side. */
const around = (log: number, error: number, reach: number): [low: number, high: number] => [
  Math.exp(log - reach * error),
  Math.exp(log + reach * error),
];

const logRatio = (a: readonly number[], b: readonly number[]): number =>
  Math.log(median([...a]) / median([...b]));

const unpaired = (a: readonly number[], b: readonly number[]): Estimate => {
  requirePositive(a);
  requirePositive(b);
  const trials = Math.min(a.length, b.length);
  const log = logRatio(a, b);
  if (trials < 2) return { value: Math.exp(log), low: null, high: null, trials };
  const error = bootstrapError((draw) => logRatio(resample(a, draw), resample(b, draw)));
  const [low, high] = around(log, error, reachWith(a.length + b.length - 2));
  return { value: Math.exp(log), low, high, trials };
};

const paired = (pairs: readonly Pair[], log: (pairs: readonly Pair[]) => number): Estimate => {
  const trials = pairs.length;
  const value = Math.exp(log(pairs));
  if (trials < 2) return { value, low: null, high: null, trials };
  const error = bootstrapError((draw) => log(resample(pairs, draw)));
  const [low, high] = around(Math.log(value), error, reachOf(trials));
  return { value, low, high, trials };
};

/**
 * median(a) / median(b) of one positive value a trial, with a 95 % interval: the bootstrap's standard error (Efron
 * 1979) of the logarithm, times Student's t. `paired`: a[i] and b[i] ran side by side and are drawn together.
 * With 3 to 10 trials this holds the truth in 95 to 99 % of simulated studies; the bootstrap's percentiles and BCa
 * did in as few as 74 and 64 % (docs/adr/0010). No interval (null) below 2 trials.
 * Throws RangeError when there are no values, one is not positive, or pairs lack a partner.
 */
export const ratioOfMedians = (
  a: readonly number[],
  b: readonly number[],
  { paired: inPairs = false }: { paired?: boolean } = {},
): Estimate => {
  if (!inPairs) return unpaired(a, b);
  return paired(pairsOf(a, b), (pairs) =>
    logRatio(
      pairs.map(([value]) => value),
      pairs.map(([, value]) => value),
    ),
  );
};

/**
 * The median of a[i] / b[i] with its interval, as {@link ratioOfMedians}. What slows both halves of a pair leaves it
 * alone, so it is the narrower of the two where trials that ran side by side share their luck.
 */
export const medianOfRatios = (a: readonly number[], b: readonly number[]): Estimate =>
  paired(pairsOf(a, b), (pairs) => median(pairs.map(([x, y]) => Math.log(x / y))));
