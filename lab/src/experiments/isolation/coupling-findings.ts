import { faultNamed } from '../../faults/registry.ts';
import { formatCount, formatShare } from '../../report/format.ts';
import type { Finding } from '../experiment.ts';
import { type Coupling, couplings } from './couplings.ts';
import type { Digest } from './digest.ts';
import { timesWithInterval } from './words.ts';

/** What was seen of a coupling: how much failed with which statuses, and what became of p99. */
export const seenOf = ({ cell: { broken, p99Ratio } }: Coupling): string => {
  const statuses = Object.entries(broken.statuses)
    .map(([status, n]) => `${status === '0' ? 'no answer' : status}: ${formatCount(n)}`)
    .join(', ');
  return `${formatShare(broken.availability)} of ${formatCount(broken.requests)} answered (${statuses}), p99 ${
    p99Ratio === null ? 'unknown' : timesWithInterval(p99Ratio)
  } of its baseline`;
};

/** One sentence on what crossed over from posts, and one for each route that a fault in users reached. */
export const couplingFindings = (digest: Digest): Finding[] => {
  if (!digest.topologies.includes('microservices')) return [];
  const found = couplings(digest);
  const ofPosts = found.filter(({ cell }) => cell.module === 'posts');
  if (ofPosts.length === 0) {
    return [
      {
        question: 'what-breaks',
        text: 'No fault in posts reached a route of users or threads in microservices beyond doubt.',
      },
    ];
  }
  return ofPosts.map((one) => ({
    question: 'what-breaks' as const,
    text: `In microservices, posts ${faultNamed(one.cell.fault).label} reached ${one.cell.route}: ${seenOf(one)}.`,
    ...(one.why ? { control: `The coupling: it ${one.why}.` } : {}),
  }));
};
