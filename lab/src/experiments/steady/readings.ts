// A window in single numbers, so that any two topologies can be compared number by number.
import { everything, type RouteFigures } from './figures.ts';
import type { PartUse, SteadyWindow, Use } from './record.ts';

/** p50, p95, p99 in ms; CPU in µs a request; memory in bytes; connections; bytes received a request. */
export const kinds = ['p50', 'p95', 'p99', 'cpu', 'memory', 'connections', 'received'] as const;
export type Kind = (typeof kinds)[number];

/** `of` is a route, a component or one of the groups below. */
export interface Reading {
  kind: Kind;
  of: string;
  value: number;
}

export const ourCode = 'our code';
export const databases = 'databases';
export const allParts = 'all components';

export const isDatabase = (part: string): boolean => part.endsWith('-db');

const groupsOf = (part: string): string[] => [part, isDatabase(part) ? databases : ourCode, allParts];

/** Adds a value of each component to it and its groups; a group is left out where a component has no value. */
const byGroup = (parts: readonly PartUse[], worth: (part: PartUse) => number | null): Map<string, number> => {
  const sums = new Map<string, number | null>();
  for (const part of parts) {
    for (const group of groupsOf(part.part)) {
      const value = worth(part);
      const sum = sums.get(group);
      sums.set(group, value === null || sum === null ? null : (sum ?? 0) + value);
    }
  }
  return new Map([...sums].flatMap(([of, value]) => (value === null ? [] : [[of, value] as const])));
};

const readings = (kind: Kind, values: Iterable<readonly [string, number]>): Reading[] =>
  [...values].map(([of, value]) => ({ kind, of, value }));

/** Memory and connections, which need no load. */
export const standing = ({ parts, connections }: Use): Reading[] => {
  const all = Object.values(connections).reduce((sum, count) => sum + count, 0);
  return [
    ...readings(
      'memory',
      byGroup(parts, ({ memoryBytes }) => memoryBytes),
    ),
    ...readings('connections', [...Object.entries(connections), [databases, all]]),
  ];
};

/** CPU in µs a second, for a topology that has nothing to do. */
export const cpuASecond = ({ parts, seconds }: Use): Reading[] =>
  readings(
    'cpu',
    byGroup(parts, ({ cpuSeconds }) => (cpuSeconds * 1e6) / seconds),
  );

const latencies = (routes: ReadonlyMap<string, RouteFigures>): Reading[] =>
  [...routes].flatMap(([of, { p50Ms, p95Ms, p99Ms }]) =>
    p50Ms === null || p95Ms === null || p99Ms === null
      ? []
      : [
          { kind: 'p50' as const, of, value: p50Ms },
          { kind: 'p95' as const, of, value: p95Ms },
          { kind: 'p99' as const, of, value: p99Ms },
        ],
  );

/** All readings of a window. */
export const readingsOf = (
  { use, fromMs, toMs }: SteadyWindow,
  routes: ReadonlyMap<string, RouteFigures>,
): Reading[] => {
  const perSecond = (routes.get(everything)?.requests ?? 0) / ((toMs - fromMs) / 1000);
  const perRequest = (total: number): number => total / use.seconds / perSecond;
  if (perSecond === 0) return standing(use);
  return [
    ...latencies(routes),
    ...readings(
      'cpu',
      byGroup(use.parts, ({ cpuSeconds }) => perRequest(cpuSeconds * 1e6)),
    ),
    ...readings(
      'received',
      byGroup(use.parts, ({ receivedBytes }) => (receivedBytes === null ? null : perRequest(receivedBytes))),
    ),
    ...standing(use),
  ];
};

/** The values of one reading over trials. */
export const valuesOf = (trials: readonly (readonly Reading[])[], kind: Kind, of: string): number[] =>
  trials.flatMap((trial) =>
    trial.filter((one) => one.kind === kind && one.of === of).map(({ value }) => value),
  );
