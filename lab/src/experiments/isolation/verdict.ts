import type { Estimate } from '../../statistics/estimate.ts';
import type { Cell } from './count.ts';

/** What two intervals say; "none" is "no difference found", which is not "no difference". */
export type Verdict = 'more' | 'fewer' | 'none';

/** Whether `a` answered more or fewer of its requests than `b` while broken: only where their 95 % intervals are apart. */
export const compareAnswered = (a: Cell | undefined, b: Cell | undefined): Verdict => {
  const [one, other] = [a?.broken.availabilityCi, b?.broken.availabilityCi];
  if (!one || !other) return 'none';
  if (one[0] > other[1]) return 'more';
  return one[1] < other[0] ? 'fewer' : 'none';
};

/** Whether a p99 ratio's 95 % interval leaves out 1; with one trial there is none, and nothing can be said. */
export const isShifted = (ratio: Estimate | null): boolean =>
  ratio !== null && ratio.low !== null && ratio.high !== null && (ratio.low > 1 || ratio.high < 1);
