import { groups } from '../compare/groups.ts';
import { cellTitle } from './cell-title.ts';
import { findCell, routesOf, stateNames } from './find.ts';
import { formatShare } from './format.ts';
import { heatLegend, heatStep } from './heat.ts';
import { type Html, html } from './html.ts';
import { notesOf } from './notes.ts';
import { type Cell, mainTopologies, type Report } from './schema.ts';

const measured = (cell: Cell | undefined): Html => {
  if (cell === undefined) return html`<td class="heat heat-none">–</td>`;
  const width = ((cell.availability ?? 0) * 100).toFixed(2);
  return html`<td class="heat heat-${heatStep(cell.availability)}${cell.degraded > 0 ? ' degraded' : ''}" title="${cellTitle(cell)}"
    ><b>${formatShare(cell.availability)}</b>${notesOf(cell).map((note) => html`<small>${note}</small>`)}<i class="share" style="width:${width}%"></i></td>`;
};

const row = (report: Report, route: string, kind: string): Html => html`
  <tr class="${kind}"><th scope="row">${route}</th>${report.faults.flatMap((fault) =>
    mainTopologies.map((topology) => measured(findCell(report, topology, fault, route, 'fault'))),
  )}</tr>`;

const head = (report: Report): Html => html`
  <thead>
    <tr><th rowspan="2" scope="col">route</th>${report.faults.map(
      (fault) => html`<th colspan="2" scope="colgroup">while posts is ${stateNames[fault]}</th>`,
    )}</tr>
    <tr>${report.faults.flatMap(() => mainTopologies.map((topology) => html`<th scope="col" class="${topology}">${topology}</th>`))}</tr>
  </thead>`;

const legend = html`<p class="legend">Answered during the fault: ${heatLegend.map(
  ([step, text]) => html`<span class="heat heat-${step}">${text}</span>`,
)}</p>`;

/** Route × fault × topology as a table whose cells are coloured by availability, with a bar of the same length. */
export const matrix = (report: Report, mark: string): Html => html`
<section id="matrix">
  <h2>What still answers</h2>
  <p>Share of requests answered while the process that serves posts is broken: in the monolith that is the whole
  application, in microservices the posts service. Point at a cell for its interval, its trials and its statuses.</p>
  <div class="scroll"><table class="matrix" style="--columns:${2 * report.faults.length}">
    <caption>Availability by route, fault and topology${mark}</caption>
    ${head(report)}
    <tbody>${routesOf(report).map((route) => row(report, route, 'route'))}</tbody>
    <tbody>${groups.map((group) => row(report, group, 'group'))}</tbody>
  </table></div>
  ${legend}
  <p class="note"><b>Degraded</b>: answered 200, and said which part is missing. Counted as answered, and shown apart.
  <b>After it ended</b>: answered late, once the fault was over; a hang shorter than a caller's patience looks like that.</p>
</section>`;
