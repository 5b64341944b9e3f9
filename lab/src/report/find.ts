import type { Cell, Fault, MainTopology, Phase, Report } from './schema.ts';

/** The cell of a route or of a group of routes; undefined when it was not measured. */
export const findCell = (
  report: Pick<Report, 'cells' | 'pooled'>,
  topology: MainTopology,
  fault: Fault,
  route: string,
  phase: Phase,
): Cell | undefined =>
  [...report.cells, ...report.pooled].find(
    (cell) =>
      cell.topology === topology && cell.fault === fault && cell.route === route && cell.phase === phase,
  );

/** Routes in the order of the report's cells. */
export const routesOf = (report: Report): string[] => [...new Set(report.cells.map((cell) => cell.route))];

/** What a fault makes of the component, in words. */
export const stateNames: Record<Fault, string> = { kill: 'killed', hang: 'hung' };
