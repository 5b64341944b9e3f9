import { formatShare } from './format.ts';
import type { Cell } from './schema.ts';

const shareOf = (part: number, { requests, failed }: Cell): string =>
  part === requests - failed ? 'all' : formatShare(part / (requests - failed));

/** Whether most of a cell's answers came only after the fault was over, as in a hang shorter than the time limit. */
export const isMostlyLate = ({ late, requests, failed }: Cell): boolean => late > 0.5 * (requests - failed);

/** What must be said beside a cell's availability, in a few words each. */
export const notesOf = (cell: Cell): string[] => [
  ...(cell.degraded > 0 ? [`${shareOf(cell.degraded, cell)} degraded`] : []),
  ...(isMostlyLate(cell) ? [`${shareOf(cell.late, cell)} after it ended`] : []),
];
