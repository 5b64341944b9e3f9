import { formatCount } from '../../report/format.ts';
import type { Counted } from './counts.ts';
import type { Spread } from './digest.ts';

const seconds = (value: number): string => value.toFixed(1);

/** "3.1 s (2.9–3.4, 3 trials)" */
export const formatSpread = ({ median, least, most, values }: Spread): string =>
  values.length === 1
    ? `${seconds(median)} s (1 trial)`
    : `${seconds(median)} s (${seconds(least)}–${seconds(most)}, ${values.length} trials)`;

/** "12 of 1,234" */
export const formatFailed = ({ requests, failed }: Counted): string =>
  `${formatCount(failed)} of ${formatCount(requests)}`;

/** "1.4 KB" */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
};

/** "a, b and c" */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
