import { quantile } from '../../statistics/quantile.ts';
import { type Cell, type RouteGroup, routeGroups } from '../messages.ts';

/** One request that ended. */
export interface Outcome {
  route: string;
  durationMs: number;
  failed: boolean;
  degraded: boolean;
}

interface Count {
  requests: number;
  failed: number;
  degraded: number;
  durationsMs: number[];
}

const empty = (): Count => ({ requests: 0, failed: 0, degraded: 0, durationsMs: [] });

/** The group in which a route ("GET /api/users/:userId") is drawn; undefined for those of no module. */
export function groupOf(route: string): RouteGroup | undefined {
  if (route.endsWith('/discussion')) return 'discussion';
  return routeGroups.find((group) => route.includes(`/api/${group}`));
}

/** Counts outcomes until they are taken. */
export class Tally {
  #groups = new Map<string, Count>();
  #routes = new Map<string, Count>();

  add(outcome: Outcome): void {
    count(this.#routes, outcome.route, outcome);
    const group = groupOf(outcome.route);
    if (group) count(this.#groups, group, outcome);
  }

  /** Gives what was counted since the last time. */
  take(): { groups: Record<RouteGroup, Cell>; routes: Record<string, Cell> } {
    const cell = (group: RouteGroup): Cell => cellOf(this.#groups.get(group) ?? empty());
    const groups = {
      users: cell('users'),
      threads: cell('threads'),
      posts: cell('posts'),
      discussion: cell('discussion'),
    };
    const routes = Object.fromEntries([...this.#routes].map(([route, counted]) => [route, cellOf(counted)]));
    this.#groups.clear();
    this.#routes.clear();
    return { groups, routes };
  }
}

function count(counts: Map<string, Count>, key: string, { failed, degraded, durationMs }: Outcome): void {
  const counted = counts.get(key) ?? empty();
  counts.set(key, counted);
  counted.requests += 1;
  if (failed) counted.failed += 1;
  else counted.durationsMs.push(durationMs);
  if (degraded) counted.degraded += 1;
}

function cellOf({ requests, failed, degraded, durationsMs }: Count): Cell {
  const p99 = quantile(
    durationsMs.sort((a, b) => a - b),
    0.99,
  );
  return { requests, failed, degraded, p99Ms: p99 === null ? null : Number(p99.toFixed(2)) };
}
