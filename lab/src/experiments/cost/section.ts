import { formatCount } from '../../report/format.ts';
import { type Html, html } from '../../report/html.ts';
import type { Section } from '../experiment.ts';
import { objectiveText } from '../steady/objective.ts';
import { ourCode } from '../steady/readings.ts';
import { cellOf } from '../steady/rows.ts';
import { columnsOf, rowsTable } from '../steady/table.ts';
import { formatPercent, formatValue, kindNames } from '../steady/words.ts';
import type { Counted } from './count.ts';
import { type Costs, digestCost, type Knee } from './digest.ts';
import { costFindings } from './findings.ts';
import type { KnownFloors } from './floors.ts';
import { cpuPlot, kneePlot } from './plots.ts';

const kneeRow = ({ topology, held, trials, ended, machineBound }: Knee): Html => html`
  <tr><th scope="row" class="${topology}">${topology}</th>
  <td>${held === null ? 'none' : `${formatCount(held.value)}/s`}</td><td>${trials}</td>
  <td>${[...new Set(ended)].join(', ')}</td><td>${machineBound} of ${trials}</td></tr>`;

const kneeTable = ({ knees }: Costs): Html => html`
  <div class="scroll"><table>
    <caption>Highest rate that met the objective (${objectiveText}), median of trials; the next rate tried was about a quarter higher</caption>
    <thead><tr><th scope="col">topology</th><th scope="col">rate</th><th scope="col">trials</th><th scope="col">search ended</th>
    <th scope="col">machine had no more to give</th></tr></thead>
    <tbody>${knees.map(kneeRow)}</tbody></table></div>`;

const floorText = ({ floors, measured }: KnownFloors): string =>
  measured
    ? `The noise floor comes from the noise experiment of this study: ${formatPercent(floors.p50.overall)} for medians, ${formatPercent(floors.p99.overall)} for p99 and ${formatPercent(floors.cpu.overall)} for CPU; more for a single route or component.`
    : 'The noise experiment was not run in this study, or had too few trials: 3 % is taken for the noise floor.';

/** The section of the report. */
export const costSection = (counted: Counted, known: KnownFloors): Section => {
  const costs = digestCost(counted, known.floors);
  const at = `at ${formatCount(costs.mainRate ?? 0)} requests a second`;
  const [base = 'monolith'] = columnsOf(costs.summary);
  return {
    summary: [
      {
        question: 'what-it-costs',
        label: `CPU per request, databases apart, ${at}`,
        values: Object.fromEntries(
          columnsOf(costs.summary).flatMap((topology) => {
            const cell = cellOf(costs.summary, 'cpu', ourCode, topology);
            return cell === undefined ? [] : [[topology, formatValue('cpu', cell.estimate.value)]];
          }),
        ),
      },
    ],
    findings: costFindings(costs),
    data: { ...costs, noiseFloor: known },
    html: html`
<section id="cost">
  <h2>Cost: the same load on each topology</h2>
  <p>Each value is the median of its trials (n) with its 95 % interval, where there are enough trials for one; the line below
  is its ratio to ${base} with the interval of the ratio. ${floorText(known)}</p>
  ${rowsTable(`All requests together, ${at}`, costs.summary)}
  ${rowsTable(`The discussion alone, at ${formatCount(costs.discussionRate ?? 0)} reads a second: a join in the monolith, composition in microservices`, costs.discussion)}
  ${rowsTable('With no load', costs.idle, ({ kind, of }) => (kind === 'cpu' ? `CPU a second, ${of}` : `${kindNames[kind]}, ${of}`))}
  ${kneeTable(costs)}
  ${kneePlot(counted.knees)}
  ${cpuPlot(costs)}
  <details><summary>Each route, ${at}</summary>${rowsTable(`Latency by route, ${at}`, costs.routes)}</details>
  <details><summary>Each component, ${at}</summary>${rowsTable(`By component, ${at}`, costs.components)}</details>
  <details><summary>The other rates</summary>${costs.rates
    .filter(({ rate }) => rate !== costs.mainRate)
    .map(({ rate, rows }) =>
      rowsTable(`All requests together, at ${formatCount(rate)} requests a second`, rows),
    )}</details>
  <p class="note">CPU is user and system time by the kernel's accounting, of our processes and of the databases apart. Memory
  is what the kernel counts for the component at the end of a window. Bytes are those that components received, the client's
  requests among them; where the system does not count by component there are none.</p>
</section>`,
  };
};
