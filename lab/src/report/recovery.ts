import { groups } from '../compare/groups.ts';
import { findCell, routesOf } from './find.ts';
import { type Html, html } from './html.ts';
import { type Cell, type Fault, mainTopologies, type Report } from './schema.ts';

const faultNames: Record<Fault, string> = { kill: 'started again', hang: 'resumed' };

const seconds = (value: number | null): string => (value === null ? 'not seen' : `${value} s`);

const bar = (cell: Cell | undefined, longest: number): Html => {
  if (cell === undefined) return html`<td class="bar">–</td>`;
  const value = cell.recoverySeconds;
  const width = value === null ? 100 : (100 * value) / longest;
  const trials = cell.recoverySecondsByTrial.map(seconds).join(', ');
  return html`<td class="bar ${cell.topology}" title="by trial: ${trials}"><i class="${
    value === null ? 'unseen' : ''
  }" style="width:${width.toFixed(1)}%"></i><b>${seconds(value)}</b></td>`;
};

const longestOf = (report: Report): number =>
  Math.max(1, ...[...report.cells, ...report.pooled].map((cell) => cell.recoverySeconds ?? 0));

/** How long after the end of each fault a route was well again, by topology. */
export const recovery = (report: Report, mark: string): Html => {
  const longest = longestOf(report);
  const row = (route: string, kind: string): Html => html`
    <tr class="${kind}"><th scope="row">${route}</th>${report.faults.flatMap((fault) =>
      mainTopologies.map((topology) => bar(findCell(report, topology, fault, route, 'recovery'), longest)),
    )}</tr>`;
  return html`
<section id="recovery">
  <h2>How soon it was well again</h2>
  <p>Seconds from the fault's removal to the first of three seconds in a row with at least 99 % answered; the median
  of the trials. 0&nbsp;s: never below it. A killed process has to start first, and that counts.</p>
  <div class="scroll"><table class="recovery" style="--columns:${2 * report.faults.length}">
    <caption>Recovery by route, fault and topology${mark}</caption>
    <thead>
      <tr><th rowspan="2" scope="col">route</th>${report.faults.map(
        (fault) => html`<th colspan="2" scope="colgroup">after posts was ${faultNames[fault]}</th>`,
      )}</tr>
      <tr>${report.faults.flatMap(() => mainTopologies.map((one) => html`<th scope="col" class="${one}">${one}</th>`))}</tr>
    </thead>
    <tbody>${routesOf(report).map((route) => row(route, 'route'))}</tbody>
    <tbody>${groups.map((group) => row(group, 'group'))}</tbody>
  </table></div>
</section>`;
};
