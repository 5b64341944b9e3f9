import type { Topology } from '../../environments/environment.ts';
import { type Html, html } from '../../report/html.ts';
import type { Cell, Row } from './rows.ts';
import { inOrder } from './trials.ts';
import { doubt, formatBetween, formatRange, formatRatio, formatValue, kindNames } from './words.ts';

const range = ({ estimate: { low, high, trials } }: Cell, { kind }: Row): string =>
  low === null || high === null ? `n=${trials}` : `${formatBetween(kind, low, high)}, n=${trials}`;

const compared = ({ against }: Cell): Html => {
  if (against === undefined) return html``;
  const notes = [formatRange(against.ratio), doubt(against)].filter(Boolean).join(', ');
  return html`<div><b>${formatRatio(against.ratio.value)}</b> <small>${notes}</small></div>`;
};

const cell = (row: Row, topology: Topology): Html => {
  const found = row.cells.find((one) => one.topology === topology);
  if (found === undefined) return html`<td>–</td>`;
  return html`<td><div>${formatValue(row.kind, found.estimate.value)} <small>${range(found, row)}</small></div>${compared(found)}</td>`;
};

/** The columns of several rows. */
export const columnsOf = (rows: readonly Row[]): Topology[] =>
  inOrder(rows.flatMap(({ cells }) => cells.map(({ topology }) => topology)));

/** Rows as a table: the median with its interval and trials, and below it the ratio to the first column. */
export const rowsTable = (
  caption: string,
  rows: readonly Row[],
  nameOf: (row: Row) => string = ({ kind, of }) => `${kindNames[kind]}, ${of}`,
): Html => {
  const columns = columnsOf(rows);
  if (rows.length === 0) return html``;
  return html`<div class="scroll"><table class="compared">
    <caption>${caption}</caption>
    <thead><tr><th scope="col"></th>${columns.map((one) => html`<th scope="col" class="${one}">${one}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr><th scope="row">${nameOf(row)}</th>${columns.map((topology) => cell(row, topology))}</tr>`,
    )}</tbody></table></div>`;
};
