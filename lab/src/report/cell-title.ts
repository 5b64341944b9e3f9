import { formatCount, formatInterval, formatMs, formatShare } from './format.ts';
import { notesOf } from './notes.ts';
import type { Cell } from './schema.ts';

const statusName = (status: string): string => (status === '0' ? 'no answer' : `status ${status}`);

const statuses = (cell: Cell): string =>
  Object.entries(cell.statuses)
    .map(([status, n]) => `${statusName(status)}: ${formatCount(n)}`)
    .join(', ');

/** Everything known of a cell in a few lines, for whoever points at it. */
export const cellTitle = (cell: Cell): string =>
  [
    `${cell.topology}, ${cell.fault}, ${cell.route}, ${cell.phase}`,
    `${formatCount(cell.requests - cell.failed)} of ${formatCount(cell.requests)} answered`,
    ...notesOf(cell),
    `95 % interval ${formatInterval(cell.availabilityCi)}`,
    `by trial ${cell.availabilityByTrial.map(formatShare).join(', ')}`,
    `p50 ${formatMs(cell.p50Ms)}, p99 ${formatMs(cell.p99Ms)}`,
    statuses(cell),
  ].join('\n');
