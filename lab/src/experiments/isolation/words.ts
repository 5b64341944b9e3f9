import { faultNamed } from '../../faults/registry.ts';
import type { Estimate } from '../../statistics/estimate.ts';

/** "a", "a and b", "a, b and c". */
export const listOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

export const labelsOf = (faults: readonly string[]): string =>
  listOf(faults.map((name) => faultNamed(name).label));

/** A ratio as a reader wants it: 1.04, 2.3, 12, 340. */
export const times = (value: number): string =>
  `${value < 1.995 ? value.toFixed(2) : value < 9.95 ? value.toFixed(1) : value.toFixed(0)}×`;

export const timesWithInterval = ({ value, low, high }: Estimate): string =>
  low === null || high === null
    ? `${times(value)} (too few trials for an interval)`
    : `${times(value)} (95 % interval ${times(low)} to ${times(high)})`;
