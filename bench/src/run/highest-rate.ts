import type { Table, Window } from '../result.ts';
import { measured, tableOf, throughput, value } from './figures.ts';
import type { Ground } from './ground.ts';
import { inRounds } from './rounds.ts';
import { loadWindow, type Target } from './window.ts';

/** What an answer may take, 99 of 100 times, and which share may fail. */
export const objective = { p99Ms: 50, failed: 0.001 } as const;

const steps = 4;
/** Below this, in requests a second, a window is too short to tell a rate. */
const lowest = 10;

/** Whether what was sent met the objective. */
export const isWell = ({ values: { p99Ms }, requests, failed }: Window): boolean =>
  typeof p99Ms === 'number' && p99Ms <= objective.p99Ms && failed <= requests * objective.failed;

/**
 * The highest arrival rate, in requests a second, at which a target meets the objective, by bisection on a logarithmic
 * scale from a third of `most` to a tenth above it; the lower end where it meets none.
 */
export async function highestRate(
  ground: Ground,
  target: Target,
  pathsFile: string,
  most: number,
  round: number,
): Promise<number> {
  let [low, high] = [Math.max(lowest, most / 3), Math.max(lowest, most * 1.1)];
  for (let step = 0; step < steps; step += 1) {
    const rate = Math.sqrt(low * high);
    const load = { measure: 'search', pathsFile, seconds: 1, connections: 512, rate };
    if (isWell(await loadWindow(ground, target, load, 10 * round + step))) low = rate;
    else high = rate;
  }
  return low;
}

/**
 * The highest rate of each target, twice (not in a quick run), as windows and as a table.
 * @param saturated windows in which the same targets were always asked for more
 */
export async function highestRates(
  ground: Ground,
  targets: readonly Target[],
  pathsFile: string,
  saturated: readonly Window[],
): Promise<{ windows: Window[]; table: Table }> {
  const search = async (target: Target, round: number): Promise<Window> => {
    const most = measured(saturated).median(target.name, throughput)?.value ?? lowest;
    const rate = await highestRate(ground, target, pathsFile, most, round);
    const none = { requests: 0, failed: 0, seconds: 0, cpuSeconds: {} };
    return { target: target.name, measure: 'highest', round, ...none, values: { rate } };
  };
  const title = `The highest rate with p99 ≤ ${objective.p99Ms} ms`;
  const rounds = ground.quick ? 0 : 2;
  const windows = await inRounds(ground, title, targets, search, { rounds, warmUp: false });
  const { median } = measured(windows);
  const names = targets.map(({ name }) => name);
  const of = (name: string) => median(name, value('rate'));
  return { windows, table: tableOf(title, names, [{ title: 'up to', unit: 'req/s', digits: 0, of }]) };
}
