// Readings of several topologies side by side, each compared with the first of them.
import type { Topology } from '../../environments/environment.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { medianInterval } from '../../statistics/median-interval.ts';
import { type Floors, floorFor } from '../noise/floors.ts';
import { type Compared, compareValues } from './difference.ts';
import { type Kind, type Reading, valuesOf } from './readings.ts';
import { inOrder } from './trials.ts';

export interface Cell {
  topology: Topology;
  estimate: Estimate;
  /** Undefined for the topology that the others are compared with, and where there is no ratio. */
  against: Compared | undefined;
}

export interface Row {
  kind: Kind;
  of: string;
  cells: Cell[];
}

/** One trial of one topology. */
export interface Trial {
  topology: Topology;
  readings: readonly Reading[];
}

const cellsOf = (
  trials: readonly Trial[],
  { kind, of }: Pick<Reading, 'kind' | 'of'>,
  floors: Floors,
): Cell[] => {
  const values = (topology: Topology): number[] =>
    valuesOf(
      trials.filter((trial) => trial.topology === topology).map(({ readings }) => readings),
      kind,
      of,
    );
  const topologies = inOrder(trials.map(({ topology }) => topology));
  const [base] = topologies;
  return topologies.flatMap((topology) => {
    const mine = values(topology);
    if (mine.length === 0 || base === undefined) return [];
    const against =
      topology === base ? undefined : compareValues(mine, values(base), floorFor(floors, kind, of));
    return [{ topology, estimate: medianInterval(mine), against }];
  });
};

/** One row for each reading that `wanted` picks and that some trial has, in the order of their first appearance. */
export const rowsOf = (
  trials: readonly Trial[],
  floors: Floors,
  wanted: (reading: Reading) => boolean,
): Row[] => {
  const named = new Map(
    trials.flatMap(({ readings }) =>
      readings.filter(wanted).map(({ kind, of }) => [`${kind} ${of}`, { kind, of }] as const),
    ),
  );
  return [...named.values()].map((name) => ({ ...name, cells: cellsOf(trials, name, floors) }));
};

/** The cell of a topology in the row of a reading. */
export const cellOf = (rows: readonly Row[], kind: Kind, of: string, topology: Topology): Cell | undefined =>
  rows.find((row) => row.kind === kind && row.of === of)?.cells.find((cell) => cell.topology === topology);
