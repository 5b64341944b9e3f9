import Table from 'cli-table3';
import { findCell, routesOf, stateNames } from '../report/find.ts';
import { formatShare } from '../report/format.ts';
import { isMostlyLate } from '../report/notes.ts';
import { type Cell, mainTopologies, type Report } from '../report/schema.ts';
import { groups } from './groups.ts';

const text = (cell: Cell | undefined): string => {
  if (cell === undefined) return '–';
  const marks = [cell.degraded > 0 ? '*' : '', isMostlyLate(cell) ? '†' : ''].join('');
  return `${formatShare(cell.availability)}${marks === '' ? '' : ` ${marks}`}`;
};

const row = (report: Report, route: string): Table.HorizontalTableRow => [
  route,
  ...report.faults.flatMap((fault) =>
    mainTopologies.map((topology) => ({
      hAlign: 'right' as const,
      content: text(findCell(report, topology, fault, route, 'fault')),
    })),
  ),
];

const footnotes = (report: Report): string[] => {
  const broken = report.cells.filter((cell) => cell.phase === 'fault');
  return [
    ...(broken.some((cell) => cell.degraded > 0)
      ? ['* some answers said that a part is missing (degraded)']
      : []),
    ...(broken.some(isMostlyLate) ? ['† most answers came only after the fault had ended'] : []),
  ];
};

/** The route × fault table of both topologies side by side, for a terminal. */
export const renderTable = (report: Report): string => {
  const columns = report.faults.flatMap((fault) =>
    mainTopologies.map((topology) => `posts ${stateNames[fault]}:\n${topology}`),
  );
  const table = new Table({
    head: [report.preview ? 'PREVIEW,\nnot evidence' : '\nroute', ...columns],
    style: { head: [], border: [], compact: true },
  });
  table.push(...[...routesOf(report), ...groups].map((route) => row(report, route)));
  return [
    table.toString(),
    ...footnotes(report),
    ...report.warnings.map((warning) => `Warning: ${warning}`),
  ].join('\n');
};
