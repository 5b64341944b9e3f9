// How an attempt ended, in the three words of the table.
import type { Cell } from '../record.ts';

const rank = { reached: 2, refused: 1, unreachable: 0 };

export const cell = (outcome: Cell['outcome'], tried: string, answered: string): Cell => ({
  outcome,
  tried,
  answered,
});

/** What an attacker makes of several attempts: the best of them. */
export const best = (cells: readonly Cell[]): Cell =>
  cells.reduce(
    (found, next) => (rank[next.outcome] > rank[found.outcome] ? next : found),
    cells[0] ?? cell('unreachable', 'nothing', 'there is nothing to try'),
  );

/** The best of several attempts, or all that was tried where none succeeded. */
export function together(cells: readonly Cell[]): Cell {
  const found = best(cells);
  if (found.outcome === 'reached' || cells.length < 2) return found;
  const all = (of: (one: Cell) => string) => [...new Set(cells.map(of))].join(', ');
  return cell(
    found.outcome,
    all(({ tried }) => tried),
    all(({ answered }) => answered),
  );
}

/** `ECONNREFUSED` and the like, or the message. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
};

const silent =
  /^(ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL|ETIMEDOUT|ENOTFOUND|EAI_\w+|ESRVFAIL|ESERVFAIL|timeout)$/;

/** Whether something said no, or nothing was there to say it. */
export const outcomeOf = (error: unknown): 'refused' | 'unreachable' =>
  silent.test(codeOf(error)) ? 'unreachable' : 'refused';
