import { MultiBar, type SingleBar } from 'cli-progress';
import type { Plan } from './plan.ts';
import type { DatabaseName, Target } from './target.ts';

/** A bar for each database, on a terminal; nothing where the output goes elsewhere. */
export interface Progress {
  add(database: DatabaseName, rows: number): void;
  stop(): void;
}

export function createProgress(targets: readonly Target[], plan: Plan): Progress {
  const format = ' {database} {bar} {percentage} % · {value} of {total} rows · {eta_formatted} to go';
  const bars = new MultiBar({
    format,
    stream: process.stderr,
    hideCursor: true,
    emptyOnZero: true,
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  const width = Math.max(...targets.map(({ name }) => name.length));
  const byName = new Map<DatabaseName, SingleBar>(
    targets.map((target) => [
      target.name,
      bars.create(rowsOf(target, plan), 0, { database: target.name.padEnd(width) }),
    ]),
  );
  return {
    add: (database, rows) => byName.get(database)?.increment(rows),
    stop: () => bars.stop(),
  };
}

/** How many rows a target gets. */
export const rowsOf = ({ tables }: Target, plan: Plan): number =>
  tables.reduce((sum, table) => sum + plan.rows[table.name], 0);
