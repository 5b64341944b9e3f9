import { type Html, html } from '../../report/html.ts';
import {
  type AssetKind,
  type AssetOwner,
  assetKinds,
  type BreachRecord,
  type Cell,
  owners,
} from './record.ts';
import { kindNames, outcomeSigns } from './words.ts';

/** Where the machine itself gets nowhere, a component that gets nowhere says nothing. */
export const meansNothing = ({ machine }: BreachRecord, kind: AssetKind): boolean =>
  (kind === 'internet' || kind === 'names') && machine[kind].outcome !== 'reached';

const find = (row: BreachRecord['rows'][number], owner: AssetOwner, kind: AssetKind): Cell | undefined =>
  row.attacks.find((attack) => attack.owner === owner && attack.kind === kind)?.cell;

const sign = (cell: Cell | undefined, nothing: boolean): Html => {
  if (cell === undefined) return html`<td></td>`;
  const said = `${cell.outcome}: ${cell.tried}: ${cell.answered}`;
  return html`<td title="${said}">${nothing ? '?' : outcomeSigns[cell.outcome]}</td>`;
};

const line = (records: readonly BreachRecord[], owner: AssetOwner, kind: AssetKind): Html | undefined => {
  const found = records.flatMap((record) =>
    record.rows.map((row) => ({ cell: find(row, owner, kind), nothing: meansNothing(record, kind) })),
  );
  if (found.every(({ cell }) => cell === undefined)) return undefined;
  return html`<tr><th scope="row">${kindNames[kind]}</th>${found.map(({ cell, nothing }) => sign(cell, nothing))}</tr>`;
};

const group = (records: readonly BreachRecord[], owner: AssetOwner): Html => {
  const lines = assetKinds.flatMap((kind) => line(records, owner, kind) ?? []);
  const columns = records.reduce((sum, { rows }) => sum + rows.length, 1);
  return html`<tbody><tr class="group"><th scope="rowgroup" colspan="${columns}">${owner}</th></tr>${lines}</tbody>`;
};

/** Every asset from every place, a sign each; what was tried and answered is in the cells' titles. */
export const assetTable = (records: readonly BreachRecord[]): Html => html`
  <div class="scroll"><table class="numbers">
    <caption>${outcomeSigns.reached} reached, ${outcomeSigns.refused} refused, ${outcomeSigns.unreachable} unreachable,
    ? the machine itself gets nowhere. Point at a sign for what was tried and what answered</caption>
    <thead>
      <tr><th scope="col" rowspan="2">asset</th>${records.map(
        ({ topology, rows }) =>
          html`<th scope="colgroup" class="${topology}" colspan="${rows.length}">${topology}</th>`,
      )}</tr>
      <tr>${records.flatMap(({ rows }) => rows.map(({ place }) => html`<th scope="col">${place}</th>`))}</tr>
    </thead>
    ${owners.map((owner) => group(records, owner))}
  </table></div>`;

/** What was tried and what answered, line by line. */
export const attemptList = ({ topology, rows }: BreachRecord): Html => html`
  <details><summary>${topology}: every attempt and its answer</summary>
  <div class="scroll"><table class="runs">
    <thead><tr>${['from inside', 'of', 'asset', 'outcome', 'tried', 'answered'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.flatMap(({ place, attacks }) =>
      attacks.map(
        ({ owner, kind, cell }) => html`
      <tr><td>${place}</td><td>${owner}</td><td>${kindNames[kind]}</td><td>${cell.outcome}</td><td>${cell.tried}</td><td>${cell.answered}</td></tr>`,
      ),
    )}</tbody>
  </table></div></details>`;
