import { join } from 'node:path';
import type { Module, Topology } from '../../environments/environment.ts';
import { readSamples } from '../../generator/samples.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { quantileRatio, type Shift } from '../../statistics/quantile-ratio.ts';
import { type CellNumbers, cellsOf } from '../../trial/cells.ts';
import type { Phase } from '../../trial/phases.ts';
import { type RouteTally, tallyTrial } from '../../trial/tally.ts';
import { groupsOf } from './groups.ts';
import type { IsolationRecord } from './record.ts';

/** One route or group of routes in one topology under one fault, over its trials. */
export interface Cell {
  topology: Topology;
  module: Module;
  fault: string;
  route: string;
  trials: number;
  baseline: CellNumbers;
  broken: CellNumbers;
  recovery: CellNumbers;
  /** Whole seconds after the fault in which recovery could be seen. */
  watchedSeconds: number;
  /** p99 during the fault as a multiple of that of its own baselines; null where either has no answers. */
  p99Ratio: Estimate | null;
}

/** Latencies of one trial of a group: what is pooled over faults. */
export interface Counted {
  cells: Cell[];
  /** By route or group, one entry a trial. */
  tallies: Map<string, RouteTally[]>;
}

const latencies = (tally: RouteTally, phase: Phase): number[] =>
  [...tally.phases[phase].seconds.values()].flatMap((bucket) => bucket.latencies);

/** What a trial's p99 ratio is worked out from. A latency of 0 ms is one below the clock's resolution. */
export const shiftOf = (tally: RouteTally): Shift => {
  const positive = (values: number[]): number[] => values.map((value) => Math.max(value, 0.001));
  return { fault: positive(latencies(tally, 'fault')), baseline: positive(latencies(tally, 'baseline')) };
};

const tally = async (record: IsolationRecord, folder: string): Promise<Map<string, RouteTally>> => {
  const { byFault } = await tallyTrial(
    readSamples(join(folder, record.samples)),
    [record.mark],
    record.seconds,
    groupsOf,
  );
  return byFault.get(record.fault) ?? new Map<string, RouteTally>();
};

type Place = Pick<Cell, 'topology' | 'module' | 'fault'>;

const cellOf = (place: Place, route: string, trials: readonly RouteTally[]): Cell[] => {
  const [baseline, broken, recovery] = cellsOf({}, trials);
  if (!baseline || !broken || !recovery) return [];
  const watchedSeconds = trials[0]?.afterRemoval.length ?? 0;
  const p99Ratio = quantileRatio(trials.map(shiftOf), 0.99);
  return [{ ...place, route, trials: trials.length, baseline, broken, recovery, watchedSeconds, p99Ratio }];
};

/** Counts every request of the trials of one fault in one topology. */
export const countFault = async (records: readonly IsolationRecord[], folder: string): Promise<Counted> => {
  const tallies = new Map<string, RouteTally[]>();
  for (const record of records) {
    for (const [route, one] of await tally(record, folder))
      tallies.set(route, [...(tallies.get(route) ?? []), one]);
  }
  const [first] = records;
  if (first === undefined) return { cells: [], tallies };
  const { topology, module, fault } = first;
  const cells = [...tallies].flatMap(([route, trials]) => cellOf({ topology, module, fault }, route, trials));
  return { cells, tallies };
};
