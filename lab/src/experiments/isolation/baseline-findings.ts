import type { Topology } from '../../environments/environment.ts';
import { surge } from '../../faults/surge.ts';
import { formatMs } from '../../report/format.ts';
import { medianInterval } from '../../statistics/median-interval.ts';
import { ratioOfMedians } from '../../statistics/ratio-of-medians.ts';
import type { Finding } from '../experiment.ts';
import type { Digest } from './digest.ts';
import { discussion, everything } from './groups.ts';
import { timesWithInterval } from './words.ts';

/** Median latencies of a group before each fault, one a trial; a surge starts from another rate and is left out. */
export const mediansOf = ({ cells }: Digest, topology: Topology, group: string): number[] =>
  cells
    .filter((cell) => cell.topology === topology && cell.route === group && cell.fault !== surge.name)
    .flatMap(({ baseline }) => baseline.p50MsByTrial)
    .flatMap((value) => (value === null || value <= 0 ? [] : [value]));

const against = (digest: Digest, topology: Topology, group: string): string | undefined => {
  const [own, other] = [mediansOf(digest, topology, group), mediansOf(digest, 'monolith', group)];
  if (own.length === 0 || other.length === 0) return undefined;
  return `${topology} ${formatMs(medianInterval(own).value)}: ${timesWithInterval(ratioOfMedians(own, other))}`;
};

const sentence = (digest: Digest, group: string, what: string): Finding[] => {
  const own = mediansOf(digest, 'monolith', group);
  const services = against(digest, 'microservices', group);
  if (own.length === 0 || services === undefined) return [];
  const controls = (['monolith-replicated', 'microservices-shared-db'] as const).flatMap(
    (topology) => against(digest, topology, group) ?? [],
  );
  return [
    {
      question: 'what-it-costs',
      text: `With nothing broken, the median of ${what} took the monolith ${formatMs(medianInterval(own).value)} and ${services}.`,
      ...(controls.length === 0 ? {} : { control: `The controls: ${controls.join('; ')}.` }),
    },
  ];
};

/** What the seconds before the faults say of the price of a split, in latency. */
export const baselineFindings = (digest: Digest): Finding[] => [
  ...sentence(digest, everything, 'all answers'),
  ...sentence(digest, discussion, 'a discussion (one join, or a composition of three services)'),
];
