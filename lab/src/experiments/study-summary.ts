import type { Topology } from '../environments/environment.ts';
import { type Html, html } from '../report/html.ts';
import type { SummaryRow } from './experiment.ts';

const row = (topologies: readonly Topology[], { label, values }: SummaryRow): Html => html`
    <tr><th scope="row">${label}</th>${topologies.map((topology) => html`<td>${values[topology] ?? '–'}</td>`)}</tr>`;

/** The figures that a reader wants first, side by side. */
export const studySummary = (topologies: readonly Topology[], rows: readonly SummaryRow[]): Html | string => {
  if (rows.length === 0) return '';
  return html`
  <div class="scroll"><table class="summary"><caption>In one table; each figure is explained in its section</caption>
    <thead><tr><td></td>${topologies.map((topology) => html`<th scope="col" class="${topology}">${topology}</th>`)}</tr></thead>
    <tbody>${rows.map((one) => row(topologies, one))}</tbody></table></div>`;
};
