import type { Topology } from '../environments/environment.ts';
import { findCell } from '../experiments/isolation/digest.ts';
import { shownGroups } from '../experiments/isolation/groups.ts';
import { compareAnswered } from '../experiments/isolation/verdict.ts';
import { faultNamed } from '../faults/registry.ts';
import { formatShare } from '../report/format.ts';
import { commonFaults } from './grid.ts';
import type { Side } from './read.ts';

/** A cell that differs between the first side and another by more than chance. */
export interface Difference {
  topology: Topology;
  module: string;
  fault: string;
  group: string;
  text: string;
}

/** Cells whose 95 % intervals are apart: the first side against each other one. */
export function differences(sides: readonly Side[], topologies: readonly Topology[]): Difference[] {
  const [first, ...others] = sides;
  if (first === undefined) return [];
  return ['posts', 'users', 'threads'].flatMap((module) =>
    commonFaults(sides, module).flatMap((fault) =>
      topologies.flatMap((topology) =>
        shownGroups.flatMap((group) =>
          others.flatMap((other) => {
            const [one, two] = [first, other].map(({ digest }) =>
              findCell(digest, topology, module, fault, group),
            );
            if (!one || !two || compareAnswered(one, two) === 'none') return [];
            const share = ({ env }: Side, cell: typeof one): string =>
              `${formatShare(cell.broken.availability)} on ${env}`;
            const where = `${topology}, ${module} ${faultNamed(fault).label}, ${group}`;
            const text = `${where}: ${share(first, one)}, ${share(other, two)}.`;
            return [{ topology, module, fault, group, text }];
          }),
        ),
      ),
    ),
  );
}
