// Tables and bars as text, for whatever shows them.
import type { Estimate } from '../../../lab/src/statistics/estimate.ts';
import type { Bar, PartResult, Table } from '../result.ts';

/** A title, the heads of the columns, and rows as long as these. */
export interface Grid {
  title: string;
  head: string[];
  rows: string[][];
}

const numbers = (digits: number): Intl.NumberFormat =>
  new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** "34.2 (33.8–34.9)", or "–" where there is nothing; no interval where there were too few rounds for one. */
export function formatEstimate(cell: Omit<Estimate, 'trials'> | null, digits: number): string {
  if (cell === null) return '–';
  const format = numbers(digits);
  const { value, low, high } = cell;
  const interval = low === null || high === null ? '' : ` (${format.format(low)}–${format.format(high)})`;
  return `${format.format(value)}${interval}`;
}

const gridOf = ({ title, columns, rows }: Table): Grid => ({
  title,
  head: ['', ...columns.map(({ title: head, unit }) => (unit === '' ? head : `${head}, ${unit}`))],
  rows: rows.map(({ name, cells }) => [
    name,
    ...columns.map(({ digits }, index) => formatEstimate(cells[index] ?? null, digits)),
  ]),
});

const verdict = ({ value, met }: Bar): string => (value === null ? 'not measured' : met ? 'met' : 'not met');

const gridOfBars = (bars: readonly Bar[]): Grid => ({
  title: 'Against what was aimed at',
  head: ['', 'aim', 'measured', ''],
  rows: bars.map((bar) => [
    bar.what,
    `${bar.kind} ${bar.limit} ${bar.unit}`.trim(),
    `${formatEstimate(bar.value, 2)} ${bar.unit}`.trim(),
    verdict(bar),
  ]),
});

/** All that a part shows in rows and columns. */
export const gridsOf = ({ tables, bars }: Pick<PartResult, 'tables' | 'bars'>): Grid[] => [
  ...tables.map(gridOf),
  ...(bars.length > 0 ? [gridOfBars(bars)] : []),
];

/** When, at which commit and where a part was measured. */
export const originOf = ({ generatedAt, commit, machine, seconds }: PartResult): string =>
  `${generatedAt.slice(0, 10)}, commit ${commit.slice(0, 12)}: ${machine.cores} × ${machine.cpu}, ${machine.memoryGiB} GiB, ` +
  `${machine.os}, Node ${machine.node}, ${Math.round(machine.busyBefore * 100)} % busy beforehand; ${Math.ceil(seconds / 60)} min.`;

/** "nginx 1.22.1, wrk 4.1.0" */
export const versionsOf = ({ versions }: PartResult): string =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
