import { linearRegression, mean } from 'simple-statistics';
import type { Estimate } from '../../../../lab/src/statistics/estimate.ts';
import { reachWith } from '../../../../lab/src/statistics/student.ts';

/** Values that follow one another are alike: a mean of each block is one observation, as in a batch-means estimate. */
const blocks = 10;

const blockMeans = (values: readonly number[]): number[] => {
  const size = values.length / blocks;
  return Array.from({ length: blocks }, (_, block) =>
    mean(values.slice(Math.floor(block * size), Math.floor((block + 1) * size))),
  );
};

/**
 * How much `y` grows for each unit of `x`, by least squares over the means of ten blocks, with the 95 % interval of a
 * straight line (Student's t, eight degrees of freedom). No interval below two values a block.
 * Throws RangeError with fewer than two values.
 */
export function slopeOf(x: readonly number[], y: readonly number[]): Estimate {
  if (x.length < 2 || x.length !== y.length) throw new RangeError('a slope needs two points');
  const enough = x.length >= 2 * blocks;
  const [xs, ys] = enough ? [blockMeans(x), blockMeans(y)] : [[...x], [...y]];
  const { m, b } = linearRegression(xs.map((at, index) => [at, ys[index] ?? 0]));
  if (!enough) return { value: m, low: null, high: null, trials: x.length };
  const centre = mean(xs);
  const spread = xs.reduce((sum, at) => sum + (at - centre) ** 2, 0);
  const residual = xs.reduce((sum, at, index) => sum + ((ys[index] ?? 0) - (m * at + b)) ** 2, 0);
  const error = Math.sqrt(residual / (blocks - 2) / spread);
  const reach = reachWith(blocks - 2) * error;
  return { value: m, low: m - reach, high: m + reach, trials: x.length };
}
