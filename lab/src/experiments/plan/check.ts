// Is the model any good? It predicts a measured point that it was not fitted on.
import type { Topology } from '../../environments/environment.ts';
import type { CostRecord } from '../cost/record.ts';
import { coresAt, type Model, modelsOf } from './model.ts';

export interface Check {
  topology: Topology;
  /** Requests a second of the point that was left out, the highest, and of those that were fitted. */
  rate: number;
  fittedOn: number[];
  /** Cores of all components. */
  predicted: number;
  measured: number;
  /** (predicted − measured) / measured */
  error: number;
}

const highestRate = ({ parts }: Model): number =>
  Math.max(...parts.flatMap(({ loads }) => loads.map(({ rate }) => rate)));

const measuredAt = ({ parts }: Model, rate: number): number =>
  parts.reduce((sum, { loads }) => sum + (loads.find((load) => load.rate === rate)?.cores ?? 0), 0);

/** Fits each topology without its highest rate and predicts the cores there; none where there is only one rate. */
export const checksOf = (records: readonly CostRecord[]): Check[] =>
  modelsOf(records).flatMap((whole) => {
    const rate = highestRate(whole);
    const fitted = modelsOf(records, rate).find(({ topology }) => topology === whole.topology);
    if (fitted === undefined) return [];
    const predicted = fitted.parts.reduce((sum, part) => sum + coresAt(part, rate), 0);
    const measured = measuredAt(whole, rate);
    const fittedOn = fitted.parts[0]?.loads.map((load) => load.rate) ?? [];
    return [
      {
        topology: whole.topology,
        rate,
        fittedOn,
        predicted,
        measured,
        error: (predicted - measured) / measured,
      },
    ];
  });
