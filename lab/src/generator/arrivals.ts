// How many requests a run is to send, and when.
import { type Route, routesNamed } from '@cleave/load/mix';
import type { RunOptions } from './generator.ts';

/** `rate` requests a second for `seconds`, and `surge` on top of them. */
export type Arrivals = {
  rate: number;
  seconds: number;
  surge?: { route: string; rate: number; fromSeconds: number; seconds: number } | undefined;
};

const weightOf = (routes: readonly Route[]): number => routes.reduce((sum, { weight }) => sum + weight, 0);

/**
 * What the options ask for. The extra rate of a surge is a whole number of requests a second, at least 1.
 * Throws when a route is not in the mix, and when a surge does not fit into the run.
 */
export const arrivalsOf = ({ rate, seconds, surge, only = [] }: RunOptions): Arrivals => {
  const routes = routesNamed(only);
  if (!surge) return { rate, seconds };
  const { route, factor, fromSeconds } = surge;
  const surging = routesNamed([route]).filter((line) => routes.includes(line));
  if (surging.length === 0) throw new Error(`a surge of ${route} needs it in the load`);
  if (factor <= 1) throw new Error('a surge is more than the usual rate');
  if (fromSeconds < 0 || fromSeconds + surge.seconds > seconds)
    throw new Error('a surge begins and ends while the load lasts');
  const usual = (rate * weightOf(surging)) / weightOf(routes);
  const extra = Math.max(1, Math.round(usual * (factor - 1)));
  return { rate, seconds, surge: { route, rate: extra, fromSeconds, seconds: surge.seconds } };
};

/** Requests that are to start between two moments, in seconds from the start. */
export const plannedBetween = ({ rate, surge }: Arrivals, from: number, to: number): number => {
  if (!surge) return rate * (to - from);
  const overlap = Math.min(to, surge.fromSeconds + surge.seconds) - Math.max(from, surge.fromSeconds);
  return rate * (to - from) + surge.rate * Math.max(0, overlap);
};
