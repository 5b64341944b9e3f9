import type { Topology } from '../../environments/environment.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { medianInterval } from '../../statistics/median-interval.ts';
import type { Floors } from '../noise/floors.ts';
import { everything } from '../steady/figures.ts';
import { allParts, databases, ourCode, type Reading } from '../steady/readings.ts';
import { type Row, rowsOf } from '../steady/rows.ts';
import { inOrder } from '../steady/trials.ts';
import type { Counted, SteadyTrial } from './count.ts';
import { bracket } from './knee.ts';
import type { KneeRecord } from './record.ts';

/** How far a topology goes. */
export interface Knee {
  topology: Topology;
  /** The highest rates that met the objective, of the trials in which any did. */
  held: Estimate | null;
  trials: number;
  ended: KneeRecord['ended'][];
  /** Trials that missed the objective on a machine with less than a tenth of its cores left, or a starved generator. */
  machineBound: number;
}

/** One rate of the mix, and what all routes together came to at it. */
export interface AtRate {
  rate: number;
  rows: Row[];
}

export interface Costs {
  /** The rate with the most trials. */
  mainRate: number | null;
  summary: Row[];
  routes: Row[];
  components: Row[];
  idle: Row[];
  discussion: Row[];
  discussionRate: number | null;
  rates: AtRate[];
  knees: Knee[];
}

const groups: ReadonlySet<string> = new Set([everything, ourCode, databases, allParts]);
const isSummed = ({ of }: Reading): boolean => groups.has(of);

const busy = 0.9;

const missedOnBusyMachine = ({ steps }: KneeRecord): boolean => {
  const { missed } = bracket(steps);
  return steps.some(
    ({ window, starved }) => window.rate === missed && (starved || window.use.machineBusy >= busy),
  );
};

const kneeOf = (topology: Topology, records: readonly KneeRecord[]): Knee => {
  const held = records.flatMap(({ steps }) => bracket(steps).held ?? []);
  return {
    topology,
    held: held.length === 0 ? null : medianInterval(held),
    trials: records.length,
    ended: records.map(({ ended }) => ended),
    machineBound: records.filter(missedOnBusyMachine).length,
  };
};

const mostTried = (trials: readonly SteadyTrial[]): number | null => {
  const counts = new Map<number, number>();
  for (const { rate } of trials) counts.set(rate, (counts.get(rate) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
};

/** Everything that the report says of cost, from counted trials. */
export const digestCost = ({ steady, idle, knees }: Counted, floors: Floors): Costs => {
  const mix = steady.filter(({ load }) => load === 'mix');
  const discussions = steady.filter(({ load }) => load === 'discussion');
  const mainRate = mostTried(mix);
  const main = mix.filter(({ rate }) => rate === mainRate);
  const rates = [...new Set(mix.map(({ rate }) => rate))].sort((a, b) => a - b);
  const isLatency = ({ kind }: Reading): boolean => kind === 'p50' || kind === 'p95' || kind === 'p99';
  return {
    mainRate,
    summary: rowsOf(main, floors, isSummed),
    routes: rowsOf(main, floors, (one) => isLatency(one) && !isSummed(one)),
    components: rowsOf(main, floors, (one) => !isLatency(one) && !isSummed(one)),
    idle: rowsOf(idle, floors, isSummed),
    discussion: rowsOf(discussions, floors, isSummed),
    discussionRate: mostTried(discussions),
    rates: rates.map((rate) => ({
      rate,
      rows: rowsOf(
        mix.filter((one) => one.rate === rate),
        floors,
        isSummed,
      ),
    })),
    knees: inOrder(knees.map(({ topology }) => topology)).map((topology) =>
      kneeOf(
        topology,
        knees.filter((one) => one.topology === topology),
      ),
    ),
  };
};
