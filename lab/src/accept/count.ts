import type { LoadResult } from './load.ts';

const thousands = new Intl.NumberFormat('en');

/** 12345 as `12,345`. */
export const formatCount = (count: number): string => thousands.format(count);

/** `0 of 12,345 requests failed`, with the seconds and routes in which they did. */
export function describeFailures({ requests, failed, failingSeconds, failedBySecond }: Figures): string {
  const all = `${formatCount(failed)} of ${formatCount(requests)} requests failed`;
  if (failed === 0) return all;
  const byRoute = new Map<string, number>();
  for (const { route, failed } of failedBySecond) byRoute.set(route, (byRoute.get(route) ?? 0) + failed);
  const routes = [...byRoute].sort(([, a], [, b]) => b - a).map(([route, count]) => `${count} ${route}`);
  const first = failedBySecond[0]?.second;
  return `${all}, in ${failingSeconds} different seconds from second ${first} (${routes.slice(0, 4).join(', ')})`;
}

type Figures = Pick<LoadResult, 'requests' | 'failed' | 'failingSeconds' | 'failedBySecond'>;

/** Adds up what several loads came to. */
export const sumOf = (loads: readonly { requests: number; failed: number }[]) => ({
  requests: loads.reduce((sum, { requests }) => sum + requests, 0),
  failed: loads.reduce((sum, { failed }) => sum + failed, 0),
});
