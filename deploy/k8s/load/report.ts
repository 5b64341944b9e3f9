import type { Sample } from '../../../lab/src/generator/samples.ts';
import { quantile } from '../../../lab/src/statistics/quantile.ts';

/** The figures of one route, or of all. Times in milliseconds; those of failed requests are left out. */
export interface Figures {
  route: string;
  requests: number;
  failed: number;
  degraded: number;
  medianMs: number | null;
  p99Ms: number | null;
  maxMs: number | null;
}

/** Counts samples by route. */
export function createCount() {
  const routes = new Map<string, { failed: number; degraded: number; times: number[] }>();
  const figures = (route: string, failed: number, degraded: number, times: number[]): Figures => {
    const sorted = times.toSorted((a, b) => a - b);
    const maxMs = sorted.at(-1) ?? null;
    const [medianMs, p99Ms] = [quantile(sorted, 0.5), quantile(sorted, 0.99)];
    return { route, requests: failed + times.length, failed, degraded, medianMs, p99Ms, maxMs };
  };
  return {
    /** Passes samples through, counting them. */
    async *watch(samples: AsyncIterable<Sample>): AsyncGenerator<Sample> {
      for await (const sample of samples) {
        const of = routes.get(sample.route) ?? { failed: 0, degraded: 0, times: [] };
        routes.set(sample.route, of);
        if (sample.failed) of.failed += 1;
        else of.times.push(sample.durationMs);
        if (sample.degraded) of.degraded += 1;
        yield sample;
      }
    },
    /** All routes together, then each. */
    result(): Figures[] {
      const each = [...routes.entries()].sort(([a], [b]) => a.localeCompare(b));
      const sum = (of: (one: { failed: number; degraded: number }) => number) =>
        each.reduce((total, [, one]) => total + of(one), 0);
      const times = each.flatMap(([, one]) => one.times);
      return [
        figures(
          'all',
          sum(({ failed }) => failed),
          sum(({ degraded }) => degraded),
          times,
        ),
        ...each.map(([route, one]) => figures(route, one.failed, one.degraded, one.times)),
      ];
    },
  };
}

const ms = (value: number | null): string => (value === null ? '–' : value.toFixed(1));

/** The figures as a table for a terminal. */
export function tableOf(figures: readonly Figures[]): string {
  const head = ['route', 'requests', 'failed', 'degraded', 'median ms', 'p99 ms', 'max ms'];
  const rows = figures.map((one) => [
    one.route,
    String(one.requests),
    String(one.failed),
    String(one.degraded),
    ms(one.medianMs),
    ms(one.p99Ms),
    ms(one.maxMs),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [head, ...rows].map(line).join('\n');
}
