/** Counts what was sent and what came back, to show that everything of interest did occur. */
export interface Tally {
  count(method: string, status: number): void;
  total(): number;
  of(status: number): number;
  /** By class and by status, one line each. */
  report(): string;
}

export function createTally(): Tally {
  const statuses = new Map<number, number>();
  const methods = new Map<string, number>();
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);
  const lines = (counts: Map<string | number, number>) =>
    [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${name}: ${count}`)
      .join(', ');
  return {
    count(method, status) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      methods.set(method, (methods.get(method) ?? 0) + 1);
    },
    total: () => sum(statuses.values()),
    of: (status) => statuses.get(status) ?? 0,
    report() {
      const classes = Map.groupBy(statuses, ([status]) => `${Math.floor(status / 100)}xx`);
      const byClass = new Map([...classes].map(([name, of]) => [name, sum(of.map(([, count]) => count))]));
      return [`${sum(statuses.values())} requests`, lines(byClass), lines(statuses), lines(methods)].join(
        '\n',
      );
    },
  };
}
