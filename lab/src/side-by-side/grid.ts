import type { Topology } from '../environments/environment.ts';
import { faultsOf } from '../experiments/isolation/against.ts';
import { findCell } from '../experiments/isolation/digest.ts';
import type { Show } from '../experiments/isolation/grid.ts';
import { shownGroups } from '../experiments/isolation/groups.ts';
import { faultNamed } from '../faults/registry.ts';
import { type Html, html } from '../report/html.ts';
import type { Side } from './read.ts';

/** A column of one group of routes: a topology on one side. */
interface Column {
  topology: Topology;
  side: Side;
  begins: boolean;
}

const columnsOf = (sides: readonly Side[], topologies: readonly Topology[]): Column[] =>
  topologies.flatMap((topology, nth) =>
    sides.map((side, index) => ({ topology, side, begins: nth === 0 && index === 0 })),
  );

const head = (columns: readonly Column[]): Html => html`
  <thead>
    <tr><td></td>${shownGroups.map((group) => html`<th colspan="${columns.length}" scope="colgroup">${group}</th>`)}</tr>
    <tr><td></td>${shownGroups.flatMap(() =>
      columns.map(
        ({ topology, side, begins }) =>
          html`<th scope="col" class="upright ${topology}${begins ? ' begins' : ''}"><span>${topology}, ${side.env}</span></th>`,
      ),
    )}</tr>
  </thead>`;

const row = (columns: readonly Column[], module: string, fault: string, show: Show): Html => html`
  <tr><th scope="row">${module} ${faultNamed(fault).label}</th>${shownGroups.flatMap((group) =>
    columns.map(({ topology, side, begins }) => {
      const cell = findCell(side.digest, topology, module, fault, group);
      const mark = begins ? ' begins' : '';
      return cell === undefined ? html`<td class="heat heat-none${mark}">–</td>` : show(cell, mark);
    }),
  )}</tr>`;

/** Faults that every side has tried on a module, in the order of reports. */
export const commonFaults = (sides: readonly Side[], module: string): string[] => {
  const [first = [], ...others] = sides.map(({ digest }) => faultsOf(digest, module));
  return first.filter((fault) => others.every((faults) => faults.includes(fault)));
};

/** Faults × groups of routes × topologies, each topology once for each side; `show` makes a cell. */
export function sideGrid(
  sides: readonly Side[],
  topologies: readonly Topology[],
  caption: string,
  show: Show,
): Html {
  const columns = columnsOf(sides, topologies);
  return html`
<div class="scroll"><table class="grid"><caption>${caption}</caption>
  ${head(columns)}
  ${['posts', 'users', 'threads'].map((module) => {
    const faults = commonFaults(sides, module);
    return faults.length === 0
      ? ''
      : html`<tbody>${faults.map((fault) => row(columns, module, fault, show))}</tbody>`;
  })}
</table></div>`;
}
