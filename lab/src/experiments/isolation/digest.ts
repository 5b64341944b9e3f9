import { compareRoutes } from '../../compare/groups.ts';
import { allTopologies, type Topology } from '../../environments/environment.ts';
import { faults } from '../../faults/registry.ts';
import { type Cell, countFault } from './count.ts';
import { isGroup, shownGroups, spared } from './groups.ts';
import { type Pooled, poolOver } from './pooled.ts';
import type { IsolationRecord } from './record.ts';
import { type Timeline, timelineOf } from './timelines.ts';

/** Everything that the report says of isolation, in numbers. */
export interface Digest {
  topologies: Topology[];
  /** Groups first, then routes; by module, fault and topology. */
  cells: Cell[];
  /** Users and threads, over all faults in posts. */
  pooled: Pooled[];
  timelines: Timeline[];
}

const moduleOrder = ['posts', 'users', 'threads'];
const groupOrder: readonly string[] = [spared, ...shownGroups];
const faultRank = (name: string): number => faults.findIndex((fault) => fault.name === name);

const compareCells = (a: Cell, b: Cell): number =>
  Number(isGroup(b.route)) - Number(isGroup(a.route)) ||
  groupOrder.indexOf(a.route) - groupOrder.indexOf(b.route) ||
  compareRoutes(a.route, b.route) ||
  moduleOrder.indexOf(a.module) - moduleOrder.indexOf(b.module) ||
  faultRank(a.fault) - faultRank(b.fault) ||
  allTopologies.indexOf(a.topology) - allTopologies.indexOf(b.topology);

/** Counts all trials from their samples, one fault of one topology at a time: their requests need not fit into memory. */
export const digest = async (records: readonly IsolationRecord[], folder: string): Promise<Digest> => {
  const topologies = allTopologies.filter((one) => records.some(({ topology }) => topology === one));
  const cells: Cell[] = [];
  const pooled: Pooled[] = [];
  const timelines: Timeline[] = [];
  for (const topology of topologies) {
    const pool = poolOver(topology);
    const own = records.filter((record) => record.topology === topology);
    for (const some of Map.groupBy(own, ({ module, fault }) => `${module} ${fault}`).values()) {
      const sorted = some.sort((a, b) => a.trial - b.trial);
      const counted = await countFault(sorted, folder);
      cells.push(...counted.cells);
      if (sorted[0]?.module !== 'posts') continue;
      const left = counted.tallies.get(spared) ?? [];
      pool.add(left);
      timelines.push(timelineOf(topology, sorted[0].fault, left));
    }
    pooled.push(pool.result());
  }
  return { topologies, cells: cells.sort(compareCells), pooled, timelines };
};

export const findCell = (
  { cells }: Digest,
  topology: Topology,
  module: string,
  fault: string,
  route: string,
): Cell | undefined =>
  cells.find(
    (cell) =>
      cell.route === route && cell.fault === fault && cell.module === module && cell.topology === topology,
  );
