import { type Html, html } from '../../report/html.ts';
import { plot, type Series } from '../../report/plot.ts';
import { everything } from '../steady/figures.ts';
import type { Kind } from '../steady/readings.ts';
import { ourCode } from '../steady/readings.ts';
import { cellOf } from '../steady/rows.ts';
import { inOrder } from '../steady/trials.ts';
import type { Costs } from './digest.ts';
import type { KneeRecord } from './record.ts';

/** A reading over the fixed rates, one line a topology. */
const overRates = ({ rates }: Costs, kind: Kind, of: string): Series[] =>
  inOrder(
    rates.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map(({ topology }) => topology))),
  ).map((topology) => {
    const found = rates.map(({ rows }) => cellOf(rows, kind, of, topology)?.estimate);
    return {
      name: topology,
      style: 'line',
      colour: topology,
      x: rates.map(({ rate }) => rate),
      y: found.map((one) => one?.value ?? null),
      low: found.map((one) => one?.low ?? null),
      high: found.map((one) => one?.high ?? null),
    };
  });

const isMeasured = (costs: Costs, kind: Kind): boolean =>
  costs.rates.length > 1 && costs.rates.some(({ rows }) => rows.some((row) => row.kind === kind));

/** CPU per request of our code over the fixed rates. */
export const cpuPlot = (costs: Costs): Html =>
  isMeasured(costs, 'cpu')
    ? plot({
        title: 'CPU of our code per request, at each fixed rate',
        x: { label: 'requests a second', min: 0 },
        y: { label: 'CPU per request', unit: 'µs', min: 0 },
        series: overRates(costs, 'cpu', ourCode),
      })
    : html``;

/** Latency over the steps of the search for the knee, every trial a point. */
export const kneePlot = (knees: readonly KneeRecord[]): Html => {
  if (knees.length === 0) return html``;
  const series = inOrder(knees.map(({ topology }) => topology)).map((topology): Series => {
    const steps = knees
      .filter((one) => one.topology === topology)
      .flatMap((one) => one.steps)
      .filter(({ p99Ms }) => p99Ms !== null)
      .sort((a, b) => a.window.rate - b.window.rate);
    return {
      name: topology,
      style: 'points',
      colour: topology,
      x: steps.map(({ window }) => window.rate),
      y: steps.map(({ p99Ms }) => p99Ms),
    };
  });
  const rates = series.flatMap(({ x }) => x);
  const ends = [Math.min(...rates), Math.max(...rates)];
  const limit: Series = { name: 'objective', style: 'dashes', colour: 'neutral', x: ends, y: [100, 100] };
  return plot({
    title: `p99 of ${everything} as the rate grows`,
    x: { label: 'requests a second' },
    y: { label: 'p99', unit: 'ms', log: true },
    series: [...series, limit],
  });
};
