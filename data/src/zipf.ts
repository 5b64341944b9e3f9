import type { Random } from './random.ts';

const scatter = 7_919;

/**
 * Draws from 1 to `count`, a few numbers much more often than most: the n-th most frequent in proportion to
 * n ** -0.75. Of 100,000 threads with 1,000,000 posts, the busiest has about 11,000 and the last about 3. The
 * frequent ones are scattered over the range.
 */
export function zipf(random: Random, count: number): number {
  // the inverse of the distribution function; the exponent 3/4 leaves fourth roots, which are exact everywhere
  const root = 1 + (Math.sqrt(Math.sqrt(count + 1)) - 1) * random.fraction();
  const rank = Math.min(count, Math.floor(root * root * root * root));
  return ((rank * scatter) % count) + 1;
}
