import { errorFunction } from 'simple-statistics';

// Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom (any published table).
const studentT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const normal = 1.96;

/**
 * The share cut from each end of a bootstrap of `clusters` clusters so that its percentile interval holds
 * 95 % of the time although the clusters are few: Hesterberg's expanded percentile interval ("What teachers
 * should know about the bootstrap", 2015). 0.025 would be right for very many; with 3 trials it is 0.
 * A single cluster says nothing about the spread between clusters: 0.025 then.
 */
export const tailShare = (clusters: number): number => {
  if (clusters < 2) return 0.025;
  const t = studentT[clusters - 2] ?? normal;
  const reach = t * Math.sqrt(clusters / (clusters - 1));
  return Math.max(0, 0.5 - 0.5 * errorFunction(reach / Math.SQRT2));
};
