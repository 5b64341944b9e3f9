import { readPrices } from '../../../lab/src/experiments/plan/prices.ts';
import { ASSUMED_CPU_MS, billOf } from './bill.ts';
import { readEdgePrices } from './prices.ts';

const rates = [
  ['idle', 0],
  ['100 requests a second', 100],
  ['1,000 requests a second', 1_000],
] as const;

/** What each topology costs a month, as a Markdown table with the date of the prices. */
export async function costTable(): Promise<string> {
  const prices = await readPrices();
  const edge = await readEdgePrices();
  const rows = (['monolith', 'microservices'] as const).flatMap((topology) =>
    rates.map(([label, rate]) => {
      const { tasks, databases, network, rest, total, replicas } = billOf(topology, rate, prices, edge);
      const cells = [tasks, databases, network, rest, total].map((amount) => amount.toFixed(0));
      return `| ${topology} | ${label} | ${replicas} | ${cells.join(' | ')} |`;
    }),
  );
  return [
    `${prices.currency} a month in ${prices.region}, prices of ${prices.date}; steady load, RDS, endpoints. ` +
      `${ASSUMED_CPU_MS} ms of CPU a request is assumed in both topologies.`,
    '',
    '| topology | load | tasks of each | tasks | databases | network | logs and the rest | total |',
    '|---|---|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}
