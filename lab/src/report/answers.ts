import { everything, spared } from '../compare/groups.ts';
import { findCell, routesOf, stateNames } from './find.ts';
import { formatCount, formatInterval, formatMs } from './format.ts';
import { type Cell, type Fault, type MainTopology, mainTopologies, type Report } from './schema.ts';

/** A question that a reader comes with, and what the numbers say: one row a line, one column a topology. */
export type Answer = { question: string; rows: { label: string; values: string[] }[]; note: string };

const cellsInFault = (report: Report, topology: MainTopology, fault: Fault): Cell[] =>
  routesOf(report).flatMap((route) => findCell(report, topology, fault, route, 'fault') ?? []);

const isBroken = (cell: Cell): boolean => (cell.availability ?? 1) < 0.99;

const brokenRoutes = (cells: readonly Cell[]): string =>
  `${cells.filter(isBroken).length} of ${cells.length}`;

const degradedNote = (report: Report): string => {
  const degraded = report.faults.flatMap((fault) =>
    cellsInFault(report, 'microservices', fault).filter((cell) => !isBroken(cell) && cell.degraded > 0),
  );
  const routes = new Set(degraded.map((cell) => cell.route)).size;
  return routes === 0 ? '' : ` In microservices, ${routes} more answered with a part missing.`;
};

const whatBreaks = (report: Report): Answer => ({
  question: 'What breaks when posts breaks?',
  rows: report.faults.map((fault) => ({
    label: stateNames[fault],
    values: mainTopologies.map((topology) => brokenRoutes(cellsInFault(report, topology, fault))),
  })),
  note: `Routes that answered less than 99 % of their requests.${degradedNote(report)}`,
});

/** All routes of a topology before the first fault. */
const undisturbed = (report: Report, topology: MainTopology): Cell | undefined =>
  findCell(report, topology, report.faults[0] ?? 'kill', everything, 'baseline');

const factor = (report: Report, key: 'p50Ms' | 'p99Ms'): string => {
  const [monolith, services] = mainTopologies.map((topology) => undisturbed(report, topology)?.[key]);
  return monolith && services ? `${(services / monolith).toFixed(2)}×` : '–';
};

const whatItCosts = (report: Report): Answer => {
  const row = (label: string, key: 'p50Ms' | 'p99Ms') => ({
    label,
    values: mainTopologies.map((topology) => formatMs(undisturbed(report, topology)?.[key] ?? null)),
  });
  return {
    question: 'What does the split cost?',
    rows: [row('median', 'p50Ms'), row('p99', 'p99Ms')],
    note:
      `Latency with nothing broken, all routes, ${formatCount(report.rate)} requests a second: microservices take ` +
      `${factor(report, 'p50Ms')} the median and ${factor(report, 'p99Ms')} the p99 of the monolith.`,
  };
};

type Range = readonly [number, number];

type Verdict = 'Apart' | 'No difference found' | 'One trial cannot tell';

const judge = (a: Range | null, b: Range | null): Verdict => {
  if (a === null || b === null) return 'One trial cannot tell';
  return a[1] < b[0] || b[1] < a[0] ? 'Apart' : 'No difference found';
};

const spareInterval = (report: Report, fault: Fault, topology: MainTopology): Range | null =>
  findCell(report, topology, fault, spared, 'fault')?.availabilityCi ?? null;

const medianRange = (report: Report, topology: MainTopology): Range | null => {
  const medians = (undisturbed(report, topology)?.p50MsByTrial ?? []).filter((value) => value !== null);
  return medians.length < 2 ? null : [Math.min(...medians), Math.max(...medians)];
};

const formatRange = (range: Range | null): string =>
  range === null ? 'one trial' : `${formatMs(range[0]).replace(/ m?s$/, '')}–${formatMs(range[1])}`;

type Pair = { label: string; ranges: (Range | null)[] };

const verdicts = (pairs: readonly Pair[]): string => {
  const judged = Map.groupBy(pairs, ({ ranges: [a = null, b = null] }) => judge(a, b));
  return [...judged]
    .map(([verdict, some]) => `${verdict}: ${some.map(({ label }) => label).join(', ')}.`)
    .join(' ');
};

const moreThanNoise = (report: Report): Answer => {
  const faults = report.faults.map((fault) => ({
    label: stateNames[fault],
    ranges: mainTopologies.map((topology) => spareInterval(report, fault, topology)),
  }));
  const medians = {
    label: 'median',
    ranges: mainTopologies.map((topology) => medianRange(report, topology)),
  };
  return {
    question: 'Is that more than noise?',
    rows: [
      ...faults.map(({ label, ranges }) => ({ label, values: ranges.map(formatInterval) })),
      { label: medians.label, values: medians.ranges.map(formatRange) },
    ],
    note:
      '95 % intervals of users and threads answered, and the range of the trials\u2019 medians. ' +
      verdicts([...faults, medians]),
  };
};

/** The three questions that readers of a comparison ask first. */
export const answers = (report: Report): Answer[] => [
  whatBreaks(report),
  whatItCosts(report),
  moreThanNoise(report),
];
