// Kept trials as readings, by what was measured.
import type { Topology } from '../../environments/environment.ts';
import { countWindow } from '../steady/figures.ts';
import { cpuASecond, type Reading, readingsOf, standing } from '../steady/readings.ts';
import type { CostRecord, KneeRecord, loads } from './record.ts';

/** A steady trial in single numbers. */
export interface SteadyTrial {
  topology: Topology;
  load: (typeof loads)[number];
  rate: number;
  machineBusy: number;
  readings: Reading[];
}

/** An idle trial; `cpu` readings are µs a second here. */
export interface IdleTrial {
  topology: Topology;
  readings: Reading[];
}

export interface Counted {
  steady: SteadyTrial[];
  idle: IdleTrial[];
  knees: KneeRecord[];
}

/** Counts the samples of all steady trials. `folder` is the experiment's own. */
export const countCost = async (records: readonly CostRecord[], folder: string): Promise<Counted> => {
  const counted: Counted = { steady: [], idle: [], knees: [] };
  for (const record of records) {
    if (record.kind === 'knee') counted.knees.push(record);
    else if (record.kind === 'idle') {
      counted.idle.push({
        topology: record.topology,
        readings: [...standing(record.use), ...cpuASecond(record.use)],
      });
    } else {
      const { topology, load, window } = record;
      const readings = readingsOf(window, await countWindow(folder, window));
      const { machineBusy } = window.use;
      counted.steady.push({ topology, load, rate: window.rate, machineBusy, readings });
    }
  }
  return counted;
};
