import type { Topology } from '../../environments/environment.ts';
import { formatCount } from '../../report/format.ts';
import type { Finding } from '../experiment.ts';
import { everything } from '../steady/figures.ts';
import { objectiveText } from '../steady/objective.ts';
import { databases, type Kind, ourCode } from '../steady/readings.ts';
import { type Cell, cellOf, type Row } from '../steady/rows.ts';
import { doubt, formatRange, formatRatio, formatValue, kindNames } from '../steady/words.ts';
import type { Costs, Knee } from './digest.ts';

const split: Topology = 'microservices';

/** "1.83× that of the monolith (95 % interval 1.75–1.92)", or that no difference was found. */
const against = ({ against: compared }: Cell): string => {
  if (compared === undefined) return 'not to be compared';
  const times = `${formatRatio(compared.ratio.value)} that of the monolith`;
  if (compared.difference.found === 'none') return `${doubt(compared)} (${times})`;
  return `${times} (95 % interval ${formatRange(compared.ratio)})`;
};

const sides = (rows: readonly Row[], kind: Kind, of: string): string => {
  const [ours, theirs] = ([split, 'monolith'] as const).map((one) => cellOf(rows, kind, of, one));
  if (ours === undefined || theirs === undefined) return '';
  return `${formatValue(kind, ours.estimate.value)} and ${formatValue(kind, theirs.estimate.value)}`;
};

const controlNames = {
  'monolith-replicated': 'whole copies behind the same gateway (monolith-replicated)',
  'microservices-shared-db': 'the split on one database server (microservices-shared-db)',
} as const;

/** What the controls showed for the same reading. */
const controls = (rows: readonly Row[], kind: Kind, of: string): Pick<Finding, 'control'> => {
  const said = (['monolith-replicated', 'microservices-shared-db'] as const).flatMap((control) => {
    const cell = cellOf(rows, kind, of, control);
    return cell === undefined ? [] : [`${controlNames[control]}: ${against(cell)}`];
  });
  return said.length === 0 ? {} : { control: `${said.join('; ')}.` };
};

const compare = (rows: readonly Row[], begin: string, kind: Kind, of: string): Finding[] => {
  const cell = cellOf(rows, kind, of, split);
  if (cell?.against === undefined) return [];
  const text = `${begin}, the ${kindNames[kind]} of microservices (${of}): ${against(cell)}; ${sides(rows, kind, of)}.`;
  return [{ question: 'what-it-costs', text, ...controls(rows, kind, of) }];
};

const heldBy = ({ held, trials }: Knee): string =>
  held === null ? 'none' : `${formatCount(held.value)}/s (n=${trials})`;

const knees = (costs: Costs): Finding[] => {
  const ours = costs.knees.find(({ topology }) => topology === split);
  const theirs = costs.knees.find(({ topology }) => topology === 'monolith');
  if (ours === undefined || theirs === undefined) return [];
  const bound = ours.machineBound + theirs.machineBound > 0;
  const limit = bound
    ? ' In some of these trials the machine itself, which the generator shares, had no more to give.'
    : '';
  const control = costs.knees
    .filter(({ topology }) => topology !== split && topology !== 'monolith')
    .map((knee) => `${knee.topology}: ${heldBy(knee)}`)
    .join('; ');
  return [
    {
      question: 'what-it-costs',
      text: `The highest rate that met the objective (${objectiveText}): microservices ${heldBy(ours)}, monolith ${heldBy(theirs)}.${limit}`,
      ...(control === '' ? {} : { control: `${control}.` }),
    },
  ];
};

/** Sentences made from the numbers, whichever side they favour. */
export const costFindings = (costs: Costs): Finding[] => {
  const at = `At ${formatCount(costs.mainRate ?? 0)} requests a second`;
  const join = `With ${formatCount(costs.discussionRate ?? 0)} reads a second of the discussion alone (a join in the monolith, composition in microservices)`;
  return [
    ...compare(costs.summary, at, 'cpu', ourCode),
    ...compare(costs.summary, at, 'p50', everything),
    ...compare(costs.summary, at, 'p99', everything),
    ...compare(costs.discussion, join, 'p50', everything),
    ...compare(costs.discussion, join, 'cpu', ourCode),
    ...compare(costs.summary, at, 'cpu', databases),
    ...compare(costs.summary, at, 'memory', ourCode),
    ...compare(costs.idle, 'With no load', 'memory', ourCode),
    ...knees(costs),
  ];
};
