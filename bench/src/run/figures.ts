// From windows to figures with intervals.
import type { Estimate } from '../../../lab/src/statistics/estimate.ts';
import { medianInterval } from '../../../lab/src/statistics/median-interval.ts';
import { medianOfRatios } from '../../../lab/src/statistics/ratio-of-medians.ts';
import type { Bar, Table, Window } from '../result.ts';

/** One number of a window; null where it has none. */
export type Figure = (window: Window) => number | null;

export const throughput: Figure = ({ requests, failed, seconds }) => (requests - failed) / seconds;

/** CPU time of a request that was answered, in microseconds: of all components, or of one. */
export const cpuMicros =
  (component?: string): Figure =>
  ({ requests, failed, cpuSeconds }) => {
    const counted = Object.entries(cpuSeconds).filter(
      ([name]) => component === undefined || name === component,
    );
    const total = counted.reduce((sum, [, seconds]) => sum + seconds, 0);
    return requests > failed && counted.length > 0 ? (total * 1e6) / (requests - failed) : null;
  };

/** What else was measured, by its name. */
export const value =
  (name: string): Figure =>
  ({ values }) =>
    values[name] ?? null;
export const p50 = value('p50Ms');
export const p99 = value('p99Ms');

/** A number of which there is one. */
export const single = (number: number): Estimate => ({ value: number, low: null, high: null, trials: 1 });

/** Figures of the windows of one measure. */
export interface Measured {
  /** In the order in which they were measured first. */
  targets: string[];
  /** The median over rounds with its interval; null when there is no value. */
  median(target: string, figure: Figure): Estimate | null;
  /**
   * The median over rounds of one target's figure to another's in the same round. Rounds in which either has none, or
   * 0, are left out; null when none is left.
   */
  ratio(target: string, against: string, figure: Figure): Estimate | null;
}

/** Those of all windows, or of one measure's. */
export function measured(windows: readonly Window[], measure?: string): Measured {
  const counted = windows.filter((window) => measure === undefined || window.measure === measure);
  const of = (target: string) => counted.filter((window) => window.target === target);
  return {
    targets: [...new Set(counted.map(({ target }) => target))],
    median(target, figure) {
      const values = of(target)
        .map(figure)
        .filter((found) => found !== null);
      return values.length === 0 ? null : medianInterval(values);
    },
    ratio(target, against, figure) {
      const theirs = new Map(of(against).map((window) => [window.round, figure(window)]));
      const pairs = of(target).flatMap((window): [number, number][] => {
        const [own, other] = [figure(window), theirs.get(window.round)];
        return own && other ? [[own, other]] : [];
      });
      const [a, b] = [pairs.map(([own]) => own), pairs.map(([, other]) => other)];
      return pairs.length === 0 ? null : medianOfRatios(a, b);
    },
  };
}

type Column = Table['columns'][number] & { of: (name: string) => Estimate | null };

/** A table with a row for each name. */
export const tableOf = (title: string, names: readonly string[], columns: readonly Column[]): Table => ({
  title,
  columns: columns.map(({ of: _, ...column }) => column),
  rows: names.map((name) => ({ name, cells: columns.map(({ of }) => of(name)) })),
});

/**
 * Throughput, CPU and latency of all that one measure was taken of, as ratios to `against`, too.
 * @param own a component whose CPU is shown apart
 */
export function comparisonOf(
  windows: readonly Window[],
  measure: string,
  against: string,
  own?: string,
): Table {
  const { targets, median, ratio } = measured(windows, measure);
  const cpu = cpuMicros();
  const share = { title: `of ${against}`, unit: '×', digits: 2 };
  const apart = { title: `of it, ${own}`, unit: 'µs', digits: 1 };
  return tableOf(measure, targets, [
    { title: 'answered', unit: 'req/s', digits: 0, of: (name) => median(name, throughput) },
    { ...share, of: (name) => ratio(name, against, throughput) },
    { title: 'CPU a request', unit: 'µs', digits: 1, of: (name) => median(name, cpu) },
    { ...share, of: (name) => ratio(name, against, cpu) },
    ...(own ? [{ ...apart, of: (name: string) => median(name, cpuMicros(own)) }] : []),
    { title: 'p50', unit: 'ms', digits: 2, of: (name) => median(name, p50) },
    { title: 'p99', unit: 'ms', digits: 2, of: (name) => median(name, p99) },
  ]);
}

/** An aim and what came of it. */
export const bar = (
  what: string,
  kind: Bar['kind'],
  limit: number,
  found: Estimate | null,
  unit = '×',
): Bar => ({
  what,
  kind,
  limit,
  unit,
  value: found,
  met: found !== null && (kind === 'at most' ? found.value <= limit : found.value >= limit),
});
