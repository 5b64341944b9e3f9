import { compareRoutes } from '../../compare/groups.ts';
import { type Cell, routeGroups, type TopologySecond } from '../messages.ts';

/** Seconds added up, of a group or a route. */
export interface Sum {
  name: string;
  requests: number;
  failed: number;
  degraded: number;
  /** Null when nothing was answered. */
  worstP99Ms: number | null;
}

/** Adds up seconds by group and by route. */
export function sumUp(seconds: readonly (TopologySecond | undefined)[]): { groups: Sum[]; routes: Sum[] } {
  const known = seconds.filter((second) => second !== undefined);
  const names = [...new Set(known.flatMap(({ routes }) => Object.keys(routes)))].sort(compareRoutes);
  return {
    groups: routeGroups.map((group) =>
      sumOf(
        group,
        known.map(({ groups }) => groups[group]),
      ),
    ),
    routes: names.map((name) =>
      sumOf(
        name,
        known.flatMap(({ routes }) => routes[name] ?? []),
      ),
    ),
  };
}

function sumOf(name: string, cells: readonly Cell[]): Sum {
  const add = (read: (cell: Cell) => number): number => cells.reduce((sum, cell) => sum + read(cell), 0);
  const slowest = cells.map(({ p99Ms }) => p99Ms).filter((p99) => p99 !== null);
  return {
    name,
    requests: add(({ requests }) => requests),
    failed: add(({ failed }) => failed),
    degraded: add(({ degraded }) => degraded),
    worstP99Ms: slowest.length === 0 ? null : Math.max(...slowest),
  };
}
