import { formatCount, formatInterval, formatMs, formatShare } from './format.ts';
import { type Html, html } from './html.ts';
import type { Cell, Report } from './schema.ts';

const row = (cell: Cell): Html => html`
  <tr><th scope="row">${cell.route}</th><td>${cell.fault}</td><td>${cell.topology}</td><td>${cell.phase}</td>
  <td>${formatCount(cell.requests)}</td><td>${formatCount(cell.failed)}</td><td>${formatCount(cell.degraded)}</td>
  <td>${formatShare(cell.availability)}</td><td>${formatInterval(cell.availabilityCi)}</td>
  <td>${formatMs(cell.p50Ms)}</td><td>${formatMs(cell.p99Ms)}</td></tr>`;

const columns = [
  'route',
  'fault',
  'topology',
  'phase',
  'requests',
  'failed',
  'degraded',
  'answered',
  '95 % interval',
  'p50',
  'p99',
];

/** Every number of the report, for whoever wants to check the pictures. */
export const numbers = (report: Report, mark: string): Html => html`
<details id="numbers">
  <summary>All numbers (${report.cells.length + report.pooled.length} rows)</summary>
  <div class="scroll"><table class="numbers">
    <caption>Every cell, with groups of routes first${mark}</caption>
    <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${[...report.pooled, ...report.cells].map(row)}</tbody>
  </table></div>
</details>`;
