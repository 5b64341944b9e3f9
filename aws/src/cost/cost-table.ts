import { readPrices } from '../../../lab/src/experiments/plan/prices.ts';
import { assumed, billOf } from './bill.ts';
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
      const bill = billOf(topology, rate, prices, edge);
      const { tasks, databases, network, answers, rest, total } = bill;
      const cells = [tasks, databases, network, answers, rest, total].map((amount) => amount.toFixed(0));
      return `| ${topology} | ${label} | ${bill.replicas} | ${cells.join(' | ')} |`;
    }),
  );
  return [
    `${prices.currency} a month in ${prices.region}, prices as of ${prices.date} for tasks and databases and ` +
      `${edge.date} for the rest; steady load, RDS, endpoints. Assumed in both topologies, for each request: ` +
      `${assumed.cpuMs} ms of CPU, ${assumed.answerBytes.toLocaleString('en')} bytes of answer, ` +
      `${assumed.logBytes} bytes of log.`,
    '',
    '| topology | load | tasks of each | tasks | databases | network | answers sent | logs and the rest | total |',
    '|---|---|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}
