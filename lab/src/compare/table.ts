import Table from 'cli-table3';
import { findCell, routesOf, stateNames } from '../report/find.ts';
import { formatShare } from '../report/format.ts';
import { type Cell, type Report, topologies } from '../report/schema.ts';
import { groups } from './groups.ts';

const text = (cell: Cell | undefined): string => {
  if (cell === undefined) return '–';
  return `${formatShare(cell.availability)}${cell.degraded > 0 ? ' *' : ''}`;
};

const row = (report: Report, route: string): Table.HorizontalTableRow => [
  route,
  ...report.faults.flatMap((fault) =>
    topologies.map((topology) => ({
      hAlign: 'right' as const,
      content: text(findCell(report, topology, fault, route, 'fault')),
    })),
  ),
];

/** The route × fault table of both topologies side by side, for a terminal. */
export const renderTable = (report: Report): string => {
  const table = new Table({ style: { head: [], border: [] } });
  const preview = report.preview ? 'PREVIEW, not evidence' : '';
  table.push(
    [
      preview,
      ...report.faults.map((fault) => ({
        colSpan: 2,
        hAlign: 'center' as const,
        content: `while posts is ${stateNames[fault]}`,
      })),
    ],
    ['route', ...report.faults.flatMap(() => [...topologies])],
    ...[...routesOf(report), ...groups].map((route) => row(report, route)),
  );
  const degraded = report.cells.some((cell) => cell.phase === 'fault' && cell.degraded > 0);
  const notes = degraded ? ['* some answers said that a part is missing (degraded)'] : [];
  return [table.toString(), ...notes, ...report.warnings.map((warning) => `Warning: ${warning}`)].join('\n');
};
