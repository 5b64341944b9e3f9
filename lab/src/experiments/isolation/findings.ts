import type { Topology } from '../../environments/environment.ts';
import { formatCount, formatInterval, formatShare } from '../../report/format.ts';
import type { Finding } from '../experiment.ts';
import { answeredOf, faultsOf, verdictsAgainst } from './against.ts';
import { baselineFindings } from './baseline-findings.ts';
import { couplingFindings } from './coupling-findings.ts';
import type { Digest } from './digest.ts';
import { discussion, spared } from './groups.ts';
import { latencyFindings } from './latency-findings.ts';
import { labelsOf, listOf } from './words.ts';

const without = (digest: Digest, topology: Topology): Topology[] =>
  digest.topologies.filter((one) => one !== topology);

/** All faults in posts together: what was left of users and threads. */
const whole = (digest: Digest): Finding[] => {
  const services = digest.pooled.find(({ topology }) => topology === 'microservices');
  const faults = faultsOf(digest, 'posts').length;
  if (services === undefined || services.requests === 0 || faults === 0) return [];
  const shareIn = (topology: Topology): string =>
    `${topology} ${formatShare(digest.pooled.find((one) => one.topology === topology)?.availability ?? null)}`;
  const controls = without(digest, 'microservices').filter((one) => one !== 'monolith');
  const monolith = digest.topologies.includes('monolith') ? `; ${shareIn('monolith')}` : '';
  return [
    {
      question: 'what-breaks',
      text:
        `While posts was broken in ${faults} ways, users and threads were answered: ${shareIn('microservices')} ` +
        `of ${formatCount(services.requests)} requests (95 % interval ${formatInterval(services.interval)})${monolith}.`,
      ...(controls.length === 0 ? {} : { control: `The controls: ${listOf(controls.map(shareIn))}.` }),
    },
  ];
};

/** Names them; where they are most of all, says how many, since the others are named beside. */
const named = (verdict: string, some: readonly string[], all: number): string[] => {
  if (some.length === 0) return [];
  if (some.length === all) return [`${verdict} in all ${all}`];
  return [`${verdict} in ${some.length}${some.length > all / 2 ? '' : ` (${labelsOf(some)})`}`];
};

const parts = (digest: Digest, other: Topology, group: string): string[] => {
  const { more, fewer, none } = verdictsAgainst(digest, other, group);
  const all = more.length + fewer.length + none.length;
  return [
    ...named('more', more, all),
    ...named('fewer', fewer, all),
    ...named('no difference found', none, all),
  ];
};

/** What the split as a whole does, and which of its two halves and which other remedy could have done it. */
const attribution = (digest: Digest): Finding[] => {
  const has = (topology: Topology): boolean => digest.topologies.includes(topology);
  const faults = faultsOf(digest, 'posts').length;
  if (!has('microservices') || faults === 0) return [];
  const than = (topology: Topology): string => listOf(parts(digest, topology, spared));
  const replication = has('monolith-replicated')
    ? {
        control: `Replication or decomposition? Against monolith-replicated: ${than('monolith-replicated')}.`,
      }
    : {};
  return [
    ...(has('monolith')
      ? [
          {
            question: 'what-it-buys' as const,
            text: `Of ${faults} faults in posts, microservices answered for users and threads, against the monolith: ${than('monolith')}.`,
            ...replication,
          },
        ]
      : []),
    ...(has('microservices-shared-db')
      ? [
          {
            question: 'what-it-buys' as const,
            text: `Processes of their own or data of their own? Against microservices-shared-db, which shares its database server, microservices answered for users and threads: ${than('microservices-shared-db')}.`,
            control:
              'Where no difference was found, separate processes are enough and a database for each part adds nothing.',
          },
        ]
      : []),
  ];
};

const own = (digest: Digest): Finding[] => {
  if (!digest.topologies.includes('monolith') || !digest.topologies.includes('microservices')) return [];
  const found = parts(digest, 'monolith', 'posts');
  if (found.length === 0) return [];
  return [
    {
      question: 'what-breaks',
      text: `The routes of posts itself, while posts is broken: microservices against the monolith answered: ${listOf(found)}.`,
      control: 'A split protects the other parts, not the one that is broken.',
    },
  ];
};

const crossing = (digest: Digest): Finding[] => {
  const services = answeredOf(digest, 'microservices', 'posts', discussion);
  const monolith = answeredOf(digest, 'monolith', 'posts', discussion);
  if (services === undefined || monolith === undefined) return [];
  return [
    {
      question: 'what-breaks',
      text:
        `The discussion, the one read that needs all modules, while posts was broken: microservices answered ${formatShare(services.share)} ` +
        `of them, ${formatShare(services.degraded)} with a part missing; the monolith ${formatShare(monolith.share)}, ${formatShare(monolith.degraded)} with a part missing.`,
    },
  ];
};

const users = (digest: Digest): Finding[] =>
  faultsOf(digest, 'users').map((fault) => {
    const shares = digest.topologies.flatMap((topology) => {
      const of = (group: string): string =>
        `${group} ${formatShare(answeredOf(digest, topology, 'users', group, [fault])?.share ?? null)}`;
      return answeredOf(digest, topology, 'users', 'threads', [fault])
        ? [`${topology} answered ${listOf([of('users'), of('threads'), of('posts')])}`]
        : [];
    });
    return {
      question: 'what-breaks',
      text: `With users ${labelsOf([fault])}, on which the others depend: ${shares.join('; ')}.`,
    };
  });

/** Everything that the numbers say, the most important first; silent about topologies that were not measured. */
export const findingsOf = (digest: Digest): Finding[] => [
  ...whole(digest),
  ...attribution(digest),
  ...crossing(digest),
  ...own(digest),
  ...baselineFindings(digest),
  ...latencyFindings(digest),
  ...couplingFindings(digest),
  ...users(digest),
];
