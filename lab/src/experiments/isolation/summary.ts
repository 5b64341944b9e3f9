import type { Topology } from '../../environments/environment.ts';
import { formatMs, formatShare } from '../../report/format.ts';
import { medianInterval } from '../../statistics/median-interval.ts';
import type { SummaryRow } from '../experiment.ts';
import { faultsOf } from './against.ts';
import { mediansOf } from './baseline-findings.ts';
import type { Digest } from './digest.ts';
import { discussion, everything } from './groups.ts';

const byTopology = (
  { topologies }: Digest,
  figureOf: (topology: Topology) => string | undefined,
): SummaryRow['values'] =>
  Object.fromEntries(
    topologies.flatMap((topology) => {
      const value = figureOf(topology);
      return value === undefined ? [] : [[topology, value]];
    }),
  );

const answered = (digest: Digest): SummaryRow[] => {
  const ways = faultsOf(digest, 'posts').length;
  if (ways === 0) return [];
  return [
    {
      question: 'what-breaks',
      label: `users and threads answered while posts is broken (${ways} ways, all together)`,
      values: byTopology(digest, (topology) =>
        formatShare(digest.pooled.find((one) => one.topology === topology)?.availability ?? null),
      ),
    },
  ];
};

const medians = (digest: Digest, group: string, what: string): SummaryRow => ({
  question: 'what-it-costs',
  label: `median ${what}, nothing broken`,
  values: byTopology(digest, (topology) => {
    const values = mediansOf(digest, topology, group);
    return values.length === 0 ? undefined : formatMs(medianInterval(values).value);
  }),
});

/** What of isolation stands in the table at the top of the report. */
export const summaryOf = (digest: Digest): SummaryRow[] => [
  ...answered(digest),
  medians(digest, everything, 'answer'),
  medians(digest, discussion, 'discussion (a join, or composed over HTTP)'),
];
