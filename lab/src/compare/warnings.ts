import { findCell, stateNames } from '../report/find.ts';
import { formatCount, formatShare } from '../report/format.ts';
import { type Fault, type MainTopology, mainTopologies, type Report } from '../report/schema.ts';
import { everything } from './groups.ts';

type Counted = Omit<Report, 'warnings'>;

const healthy = 0.99;
/** Share of the cores that something else may keep busy before a comparison begins. */
const quiet = 0.25;

const busyMachine = ({ machine }: Counted): string[] =>
  machine.busyBefore <= quiet
    ? []
    : [
        `Something else kept ${Math.round(100 * machine.busyBefore)} % of this machine busy just before the run began.`,
      ];

const missingTrials = ({ trials, trialsPlanned }: Counted): string[] =>
  trials === trialsPlanned
    ? []
    : [`Of ${trialsPlanned} trials of each topology only ${trials} could be made; the others were void.`];

const ailing = (report: Counted, fault: Fault, topology: MainTopology): string[] => {
  const share = findCell(report, topology, fault, everything, 'baseline')?.availability ?? 1;
  if (share >= healthy) return [];
  return [
    `Before posts was ${stateNames[fault]}, ${topology} answered only ${formatShare(share)}: ` +
      `${formatCount(report.rate)} requests a second may be too many for this machine (--rate), or the recovery before too short (--seconds).`,
  ];
};

/** The report with what makes its numbers doubtful: a busy machine, missing trials, or a topology that ailed before it was broken. */
export const withWarnings = (report: Counted): Report => ({
  ...report,
  warnings: [
    ...busyMachine(report),
    ...missingTrials(report),
    ...report.faults.flatMap((fault) =>
      mainTopologies.flatMap((topology) => ailing(report, fault, topology)),
    ),
  ],
});
