import { formatCount } from '../../report/format.ts';
import type { Finding } from '../experiment.ts';
import { formatMiB } from '../steady/words.ts';
import type { Curve } from './curve.ts';
import type { Ladder, Rung } from './rungs.ts';

/** The first rung, and the highest one that was met in at least half of the trials. */
const ends = ({ rungs }: Ladder): { first: Rung; last: Rung } | undefined => {
  const first = rungs[0];
  const last = rungs.findLast(({ met, trials }) => met > 0 && met * 2 >= trials);
  return first === undefined || last === undefined ? undefined : { first, last };
};

const signed = (value: number, format: (value: number) => string): string =>
  `${value < 0 ? '−' : '+'}${format(Math.abs(value))}`;

const replicasOf = ({ scaled }: Ladder, { replicas }: Rung): string =>
  scaled === null ? 'the one process that there is' : `${replicas} of ${scaled}`;

const climbed = (ladder: Ladder): string | undefined => {
  const found = ends(ladder);
  if (found === undefined) return undefined;
  const { first, last } = found;
  if (first === last)
    return `${ladder.topology} held ${formatCount(first.rate)} reads of posts a second and not twice as many`;
  const bought = [
    signed(last.cores - first.cores, (value) => `${value.toFixed(2)} cores`),
    signed(last.memoryBytes - first.memoryBytes, formatMiB),
    signed(last.connections - first.connections, (value) => `${formatCount(value)} connections`),
  ].join(', ');
  return `${ladder.topology} went from ${formatCount(first.rate)} to ${formatCount(last.rate)} reads of posts a second with ${replicasOf(ladder, last)}: ${bought}`;
};

const limits = (ladders: readonly Ladder[]): string => {
  const rungs = ladders.flatMap((ladder) => ladder.rungs);
  const full = rungs.reduce((sum, one) => sum + one.machineFull, 0);
  const behind = rungs.reduce((sum, one) => sum + one.generatorShort, 0);
  const parts = [
    full > 0
      ? `in ${full} of the steps that missed the objective nearly all cores of this machine were busy`
      : '',
    behind > 0 ? `in ${behind} the generator was short of CPU or did not keep the rate` : '',
  ].filter(Boolean);
  return parts.length === 0 ? '' : ` The machine, not the topology, was a limit: ${parts.join(', and ')}.`;
};

const ladderFinding = (ladders: readonly Ladder[]): Finding[] => {
  const told = (names: readonly string[]): string[] =>
    ladders.filter(({ topology }) => names.includes(topology)).flatMap((one) => climbed(one) ?? []);
  const main = told(['monolith', 'microservices']);
  if (main.length === 0) return [];
  const others = told(['monolith-replicated', 'microservices-shared-db']);
  return [
    {
      question: 'what-it-buys',
      text: `Within the objective, ${main.join('; ')}.${limits(ladders)}`,
      ...(others.length === 0 ? {} : { control: `Replication or decomposition? ${others.join('; ')}.` }),
    },
  ];
};

const gain = ({ topology, scaled, points, trials, ofMachine }: Curve): string | undefined => {
  const [one] = points;
  const most = points.at(-1);
  if (one === undefined || most === undefined || scaled === null || most.replicas === one.replicas)
    return undefined;
  const times = most.throughput.value / one.throughput.value;
  const limit = ofMachine ? ', with nearly all cores of this machine busy' : '';
  return `${most.replicas} replicas of ${scaled} in ${topology} answered ${times.toFixed(2)} times as many reads of posts as ${one.replicas} (${trials} trials${limit})`;
};

const curveFinding = (curves: readonly Curve[]): Finding[] => {
  const told = curves.flatMap((curve) => gain(curve) ?? []);
  if (told.length === 0) return [];
  return [
    {
      question: 'what-it-buys',
      text: `Saturated, ${told.join('; ')}.`,
      control: 'monolith-replicated adds whole copies: what it gains is replication, not decomposition.',
    },
  ];
};

/** Sentences made from the numbers, whichever side they favour. */
export const scalingFindings = (ladders: readonly Ladder[], curves: readonly Curve[]): Finding[] => [
  ...ladderFinding(ladders),
  ...curveFinding(curves),
];
