/** A lower and an upper bound. */
export type Interval = [low: number, high: number];

const z = 1.959964; // two-sided 95 % of the normal distribution

/**
 * Wilson's 95 % score interval for `successes` of `total` (> 0) independent tries (Wilson 1927).
 * It keeps a width when everything or nothing succeeded, which a bootstrap does not.
 */
export const wilson = (successes: number, total: number): Interval => {
  const share = successes / total;
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * total)) / total);
  const scale = 1 + (z * z) / total;
  const middle = share + (z * z) / (2 * total);
  const low = successes === 0 ? 0 : (middle - spread) / scale;
  const high = successes === total ? 1 : (middle + spread) / scale;
  return [low, high];
};
