// What each rate of the ladder took: replicas, CPU, memory and connections.
import type { Topology } from '../../environments/environment.ts';
import { medianInterval } from '../../statistics/median-interval.ts';
import { isDatabase } from '../steady/readings.ts';
import { inOrder } from '../steady/trials.ts';
import { machineFull } from './curve.ts';
import type { LadderRecord, LadderStep, Scaled } from './record.ts';

/** Medians over trials of the last step at a rate: the one that met the objective, or the best that was tried. */
export interface Rung {
  rate: number;
  trials: number;
  /** Trials in which the objective was met in the end. */
  met: number;
  replicas: number;
  /** CPU seconds a second of all components. */
  cores: number;
  /** Of our code, without the databases. */
  memoryBytes: number;
  connections: number;
  /** Trials in which the objective was missed with nearly all cores of the machine busy. */
  machineFull: number;
  /** Trials in which the generator did not keep the rate, or was short of CPU while the objective was missed. */
  generatorShort: number;
}

export interface Ladder {
  topology: Topology;
  scaled: Scaled;
  trials: number;
  rungs: Rung[];
}

const median = (values: readonly number[]): number => medianInterval(values).value;
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const rungOf = (rate: number, steps: readonly LadderStep[]): Rung => {
  const uses = steps.map(({ window }) => window.use);
  return {
    rate,
    trials: steps.length,
    met: steps.filter(({ met }) => met).length,
    replicas: median(steps.map(({ replicas }) => replicas)),
    cores: median(uses.map((use) => total(use.parts.map(({ cpuSeconds }) => cpuSeconds)) / use.seconds)),
    memoryBytes: median(
      uses.map((use) =>
        total(use.parts.filter(({ part }) => !isDatabase(part)).map(({ memoryBytes }) => memoryBytes)),
      ),
    ),
    connections: median(uses.map((use) => total(Object.values(use.connections)))),
    machineFull: steps.filter(({ met, window }) => !met && window.use.machineBusy >= machineFull).length,
    generatorShort: steps.filter(({ fellBehind, starved, met }) => fellBehind || (starved && !met)).length,
  };
};

const lastAt = (rate: number, { steps }: LadderRecord): LadderStep | undefined =>
  steps.findLast(({ window }) => window.rate === rate);

const ladderOf = (topology: Topology, records: readonly LadderRecord[]): Ladder => {
  const rates = [...new Set(records.flatMap(({ steps }) => steps.map(({ window }) => window.rate)))];
  return {
    topology,
    scaled: records[0]?.scaled ?? null,
    trials: records.length,
    rungs: rates
      .sort((a, b) => a - b)
      .map((rate) =>
        rungOf(
          rate,
          records.flatMap((record) => lastAt(rate, record) ?? []),
        ),
      ),
  };
};

/** The ladder of each topology. */
export const laddersOf = (records: readonly LadderRecord[]): Ladder[] =>
  inOrder(records.map(({ topology }) => topology)).map((topology) =>
    ladderOf(
      topology,
      records.filter((one) => one.topology === topology),
    ),
  );
