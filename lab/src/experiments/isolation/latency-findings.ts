import type { Finding } from '../experiment.ts';
import { faultsOf } from './against.ts';
import { type Digest, findCell } from './digest.ts';
import { everything } from './groups.ts';
import { isShifted } from './verdict.ts';
import { labelsOf, timesWithInterval } from './words.ts';

/** p99 of users and threads over all faults in posts, against their own baselines. */
const inflation = ({ pooled }: Digest): Finding[] => {
  const known = pooled.flatMap(({ topology, p99Ratio }) =>
    p99Ratio === null
      ? []
      : [
          {
            topology,
            text: isShifted(p99Ratio)
              ? timesWithInterval(p99Ratio)
              : `no difference found (${timesWithInterval(p99Ratio)})`,
          },
        ],
  );
  const main = known.filter(({ topology }) => topology === 'monolith' || topology === 'microservices');
  const controls = known.filter((one) => !main.includes(one));
  const say = (some: typeof known): string =>
    some.map(({ topology, text }) => `${topology} ${text}`).join('; ');
  if (main.length === 0) return [];
  return [
    {
      question: 'what-it-buys',
      text: `p99 of the answers for users and threads while posts was broken, as a multiple of p99 before: ${say(main)}.`,
      ...(controls.length === 0 ? {} : { control: `The controls: ${say(controls)}.` }),
    },
  ];
};

const slowerRecovery = (digest: Digest): Finding[] => {
  const slower = (a: 'monolith' | 'microservices', b: 'monolith' | 'microservices'): string[] =>
    faultsOf(digest, 'posts').filter((fault) => {
      const [one, other] = [a, b].map(
        (topology) => findCell(digest, topology, 'posts', fault, everything)?.recovery,
      );
      if (!one || !other || other.recoverySeconds === null) return false;
      return (one.recoverySeconds ?? Number.POSITIVE_INFINITY) >= other.recoverySeconds + 1;
    });
  const say = (topology: string, some: string[]): string =>
    some.length === 0 ? `${topology} after none` : `${topology} after ${labelsOf(some)}`;
  if (!digest.topologies.includes('monolith') || !digest.topologies.includes('microservices')) return [];
  return [
    {
      question: 'what-it-buys',
      text:
        `Took a second or more longer than the other until all routes were well again (medians): ` +
        `${say('the monolith', slower('monolith', 'microservices'))}; ${say('microservices', slower('microservices', 'monolith'))}.`,
    },
  ];
};

/** What faults in posts did to latency and how long they were felt. */
export const latencyFindings = (digest: Digest): Finding[] => [
  ...inflation(digest),
  ...slowerRecovery(digest),
];
