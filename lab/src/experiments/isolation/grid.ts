import { faultNamed } from '../../faults/registry.ts';
import { type Html, html } from '../../report/html.ts';
import { faultsOf } from './against.ts';
import type { Cell } from './count.ts';
import { type Digest, findCell } from './digest.ts';
import { shownGroups } from './groups.ts';

/** `begins`: a class for the first cell of a group. */
export type Show = (cell: Cell, begins: string) => Html;

const row = (digest: Digest, module: string, fault: string, show: Show): Html => html`
  <tr><th scope="row">${module} ${faultNamed(fault).label}</th>${shownGroups.flatMap((group) =>
    digest.topologies.map((topology, index) => {
      const cell = findCell(digest, topology, module, fault, group);
      const begins = index === 0 ? ' begins' : '';
      return cell === undefined ? html`<td class="heat heat-none${begins}">–</td>` : show(cell, begins);
    }),
  )}</tr>`;

const head = ({ topologies }: Digest): Html => html`
  <thead>
    <tr><td></td>${shownGroups.map((group) => html`<th colspan="${topologies.length}" scope="colgroup">${group}</th>`)}</tr>
    <tr><td></td>${shownGroups.flatMap(() => topologies.map((topology, index) => html`<th scope="col" class="upright ${topology}${index === 0 ? ' begins' : ''}"><span>${topology}</span></th>`))}</tr>
  </thead>`;

/** Faults × groups of routes × topologies as a table; `show` makes the cell of each. */
export const grid = (digest: Digest, caption: string, show: Show): Html => html`
<div class="scroll"><table class="grid"><caption>${caption}</caption>
  ${head(digest)}
  ${['posts', 'users', 'threads'].map((module) => {
    const faults = faultsOf(digest, module);
    return faults.length === 0
      ? ''
      : html`<tbody>${faults.map((fault) => row(digest, module, fault, show))}</tbody>`;
  })}
</table></div>`;
