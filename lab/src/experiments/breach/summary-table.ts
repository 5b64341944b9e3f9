import { type Html, html } from '../../report/html.ts';
import { type Count, count, guarded, moduleOwners, ownOf, type Sort, sorts } from './count.ts';
import type { Attack, BreachRecord } from './record.ts';
import { ofAll } from './words.ts';

const shown = ['tables', 'secrets', 'endpoints'] as const satisfies readonly Sort[];

/** The darker, the more was reached: 0 nothing, 5 everything. */
const heatOf = ({ reached, of }: Count): string => {
  if (of === 0) return 'none';
  if (reached === 0) return '0';
  return reached === of ? '5' : '3';
};

const cell = (found: Count, isOwn: boolean): Html => html`
  <td class="heat heat-${heatOf(found)}"><b>${found.of === 0 ? '–' : ofAll(found)}</b>${isOwn ? html`<small>its own</small>` : ''}</td>`;

const cells = (attacks: readonly Attack[], own: readonly string[]): Html[] =>
  moduleOwners.flatMap((module) =>
    shown.map((sort) => cell(count(attacks, [module], sorts[sort]), own.includes(module))),
  );

const row = (
  record: BreachRecord,
  { place, attacks }: BreachRecord['rows'][number],
  index: number,
): Html => html`
  <tr>${index === 0 ? html`<th scope="rowgroup" rowspan="${record.rows.length}" class="${record.topology}">${record.topology}</th>` : ''}
    <th scope="row">${place}</th>${cells(attacks, ownOf(record, place))}
    <td style="white-space:nowrap"><b>${ofAll(count(attacks, moduleOwners, guarded))}</b></td></tr>`;

/** Component × asset in counts: one row for each component of each topology, and one for whoever is outside. */
export const summaryTable = (records: readonly BreachRecord[]): Html => html`
  <div class="scroll"><table>
    <caption>Reached, of what was tried. All: the tables, secrets, endpoints and process of the three modules</caption>
    <thead>
      <tr><th scope="col" rowspan="2">topology</th><th scope="col" rowspan="2">from inside</th>${moduleOwners.map(
        (module) => html`<th scope="colgroup" colspan="${shown.length}">${module}</th>`,
      )}<th scope="col" rowspan="2">all</th></tr>
      <tr>${moduleOwners.flatMap(() => shown.map((sort) => html`<th scope="col">${sort}</th>`))}</tr>
    </thead>
    ${records.map((record) => html`<tbody>${record.rows.map((one, index) => row(record, one, index))}</tbody>`)}
  </table></div>`;
