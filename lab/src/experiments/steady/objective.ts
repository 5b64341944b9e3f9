import type { RouteFigures } from './figures.ts';

/** What a system has to meet: 99 of 100 answers within this, and fewer failures than this share. */
export const objective = { p99Ms: 100, failedShare: 0.001 } as const;

export const objectiveText = 'p99 ≤ 100 ms and fewer than 0.1 % failed';

/** Whether the requests of a window met the objective; none at all did not. */
export const meets = ({ requests, failed, p99Ms }: RouteFigures): boolean =>
  requests > 0 && p99Ms !== null && p99Ms <= objective.p99Ms && failed / requests < objective.failedShare;
