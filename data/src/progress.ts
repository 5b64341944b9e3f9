import { MultiBar, type SingleBar } from 'cli-progress';
import type { Plan } from './plan.ts';
import type { DatabaseName, Target } from './target.ts';

/** How far the loading is. */
export interface Progress {
  add(database: DatabaseName, rows: number): void;
  stop(): void;
}

/** A bar for each database on a terminal; nothing where the output goes elsewhere. */
export function createProgress(targets: readonly Target[], plan: Plan, output: NodeJS.WriteStream): Progress {
  if (!output.isTTY) return { add: () => undefined, stop: () => undefined };
  const bars = new MultiBar({
    stream: output,
    format: ' {database} {bar} {percentage} % · {value} of {total} rows · {eta_formatted} to go',
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  const width = Math.max(...targets.map(({ name }) => name.length));
  const byName = new Map<DatabaseName, SingleBar>();
  for (const target of targets) {
    const payload = { database: target.name.padEnd(width) };
    byName.set(target.name, bars.create(rowsOf(target, plan), 0, payload));
  }
  return {
    add: (database, rows) => byName.get(database)?.increment(rows),
    stop: () => bars.stop(),
  };
}

/** How many rows a target gets. */
export const rowsOf = ({ tables }: Target, plan: Plan): number =>
  tables.reduce((sum, table) => sum + plan.rows[table.name], 0);
