// Measured costs and the fitted curve, turned into what each topology needs from 100 to 1,000,000 requests a second.

import type { Topology } from '../../environments/environment.ts';
import { cost } from '../cost/experiment.ts';
import type { CostRecord } from '../cost/record.ts';
import { type Curve, curvesOf } from '../scaling/curve.ts';
import { scaling } from '../scaling/experiment.ts';
import { openStore } from '../store.ts';
import { readStudy } from '../study.ts';
import { limits, planRates } from './assumptions.ts';
import { type Check, checksOf } from './check.ts';
import { efficiencyOf } from './efficiency.ts';
import { modelsOf } from './model.ts';
import { type Bill, billOf } from './price.ts';
import { type Prices, readPrices } from './prices.ts';
import { type Sizing, sizeFor } from './size.ts';

/** What one topology needs at one rate. */
export interface Need extends Sizing {
  replicas: number;
  vcpus: number;
  memoryGb: number;
  connections: number;
  bill: Bill;
}

export interface Plan {
  prices: Pick<Prices, 'date' | 'region' | 'currency'>;
  sources: string[];
  /** Whether the CPU times come from containers with budgets or from processes that share the machine. */
  measuredOn: string;
  needs: Need[];
  scaledBy: { topology: Topology; from: string }[];
  /** CPU: the highest rate predicted from the others. */
  checks: Check[];
  /** Throughput: the largest number of replicas predicted from the others. */
  curveChecks: { topology: Topology; check: NonNullable<Curve['check']> }[];
  limits: readonly string[];
}

/** The results cannot be planned from; the message is one sentence. */
export class NothingToPlan extends Error {}

const needOf = (sizing: Sizing, bill: Bill): Need => ({
  ...sizing,
  bill,
  replicas: sizing.tasks.reduce((sum, { replicas }) => sum + replicas, 0),
  vcpus: sizing.tasks.reduce((sum, { replicas, vcpu }) => sum + replicas * vcpu, 0),
  memoryGb: sizing.tasks.reduce((sum, { replicas, gb }) => sum + replicas * gb, 0),
  connections: sizing.databases.reduce((sum, { connections }) => sum + connections, 0),
});

/** Plans each measured topology for `rates` requests a second. */
export const planFor = (
  records: readonly CostRecord[],
  curves: readonly Curve[],
  rates: readonly number[],
  prices: Prices,
): Omit<Plan, 'measuredOn'> => {
  const models = modelsOf(records);
  const needs = rates.flatMap((rate) =>
    models.map((model) => {
      const sizing = sizeFor(model, rate, efficiencyOf(model.topology, curves), prices);
      return needOf(sizing, billOf(sizing, model.bytesPerRequest, prices));
    }),
  );
  return {
    prices: { date: prices.date, region: prices.region, currency: prices.currency },
    sources: [prices.fargate, prices.rds, prices.traffic].map(({ source, note }) => `${source} (${note})`),
    needs,
    scaledBy: models.map(({ topology }) => ({ topology, from: efficiencyOf(topology, curves).from })),
    checks: checksOf(records),
    curveChecks: curves.flatMap(({ topology, check }) => (check === null ? [] : [{ topology, check }])),
    limits,
  };
};

/**
 * Reads the results of cost and scaling in the folder `from` and plans from them: at the usual rates, and at `rps`.
 * @throws NothingToPlan when the folder has no measured CPU cost under the mix
 */
export const makePlan = async (from: string, rps?: number): Promise<Plan> => {
  const study = await readStudy(from);
  if (study === undefined) throw new NothingToPlan(`${from} holds no study: run npm run lab -- cost first.`);
  const records = (await openStore(from, cost).all()).map(({ record }) => record);
  const swept = (await openStore(from, scaling).all()).map(({ record }) => record);
  if (modelsOf(records).length === 0)
    throw new NothingToPlan(`${from} has no CPU cost of the mix: run npm run lab -- cost first.`);
  const rates = [...new Set([...planRates, ...(rps === undefined ? [] : [rps])])].sort((a, b) => a - b);
  const curves = curvesOf(swept.filter((record) => record.kind === 'sweep'));
  const { env, quick } = study;
  const measuredOn = `${env}${quick ? ', quick: few and short trials' : ''}; ${study.sessions[0]?.machine.cpu ?? 'unknown CPU'}`;
  return { ...planFor(records, curves, rates, await readPrices()), measuredOn };
};
