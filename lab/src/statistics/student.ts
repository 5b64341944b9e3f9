// Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom (any published table).
const table = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const normal = 1.96;

/** How many standard errors a 95 % interval reaches to each side with `degrees` (at least 1) degrees of freedom. */
export const reachWith = (degrees: number): number => table[degrees - 1] ?? normal;

/**
 * The same when the error is estimated from `clusters` (at least 2) clusters: 4.3 with 3 trials, 2.57 with 6,
 * about 2 with many.
 */
export const reachOf = (clusters: number): number => reachWith(clusters - 1);
