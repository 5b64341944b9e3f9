// Numbers of these experiments as a reader sees them.
import { formatCount, formatMs } from '../../report/format.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { Compared } from './difference.ts';
import type { Kind } from './readings.ts';

const significant = (value: number): string =>
  value >= 100 ? formatCount(value) : value.toFixed(value >= 10 ? 1 : 2);

/** 81264640 as "77.5 MiB". */
export const formatMiB = (bytes: number): string => `${significant(bytes / 2 ** 20)} MiB`;

/** Two or three digits that mean something, with the unit of the kind. */
export const formatValue = (kind: Kind, value: number): string => {
  if (kind === 'cpu') return `${significant(value)} µs`;
  if (kind === 'memory') return formatMiB(value);
  if (kind === 'received') return `${formatCount(value)} B`;
  return kind === 'connections' ? formatCount(value) : formatMs(value);
};

/** "4.3–4.7 ms": the unit once where both ends have the same. */
export const formatBetween = (kind: Kind, low: number, high: number): string => {
  const [from, to] = [formatValue(kind, low), formatValue(kind, high)];
  const unit = / [^ ]+$/.exec(to)?.[0] ?? '';
  return `${unit !== '' && from.endsWith(unit) ? from.slice(0, -unit.length) : from}–${to}`;
};

export const kindNames: Readonly<Record<Kind, string>> = {
  p50: 'median latency',
  p95: 'p95',
  p99: 'p99',
  cpu: 'CPU per request',
  memory: 'memory',
  connections: 'database connections',
  received: 'bytes received per request',
};

/** "1.83×", with two digits after the point as far as they say something. */
export const formatRatio = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 2 : 0)}×`;

/** "1.75–1.92", or that there are too few trials for one. */
export const formatRange = ({ low, high }: Estimate): string =>
  low === null || high === null ? 'too few trials for an interval' : `${low.toFixed(2)}–${high.toFixed(2)}`;

/** 0.031 as "3.1 %". */
export const formatPercent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const reasons = {
  'few trials': 'too few trials',
  interval: 'no difference found',
  noise: 'no difference found: within the noise',
} as const;

/** What hides a difference, in brackets; nothing where one was found. */
export const doubt = ({ difference }: Compared): string =>
  difference.found === 'none' ? reasons[difference.why] : '';
