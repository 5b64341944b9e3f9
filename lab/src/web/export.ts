import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeCommit } from '../compare/machine.ts';
import { formatCount, formatMs, formatShare } from '../report/format.ts';
import { Html, html, jsonForScript } from '../report/html.ts';
import { type Chart, drawChart } from './export/chart.ts';
import { type Sum, sumUp } from './export/sum.ts';
import { type Cell, type Entry, routeGroups, type Second } from './messages.ts';

/** As in `cleave-2026-08-01-14-05.html`, in universal time. */
export const exportName = (): string =>
  `cleave-${new Date().toISOString().slice(0, 16).replaceAll(/[T:]/g, '-')}.html`;

const styles = ['../report/client/colours.css', 'export/export.css'].map((name) =>
  join(import.meta.dirname, name),
);

/** The last minutes as one page that needs no network: sums, charts, what happened, and the numbers themselves. */
export async function renderExport(seconds: readonly Second[], log: readonly Entry[]): Promise<string> {
  const style = (await Promise.all(styles.map((file) => readFile(file, 'utf8')))).join('\n');
  const topologies = (seconds.at(-1)?.topologies ?? []).map(({ topology }) => topology);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Cleave: what happened</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<p class="brand">Cleave</p>
<h1>What happened in ${formatCount(seconds.length)} seconds</h1>
<p class="note">A demonstration, not evidence: one run, loaded by the process that also ran everything else. For evidence,
<code>npm run lab</code>. Made ${new Date().toISOString()} at commit ${await describeCommit()}, Node ${process.version}.</p>
${topologies.map((topology) => topologySection(topology, seconds, log))}
<h2>Log</h2>
<ol class="log">${log.map((entry) => html`<li><time>${timeOf(entry.at)}</time> <b class="${entry.topology ?? ''}">${entry.topology ?? 'both'}</b> ${entry.text}</li>`)}</ol>
</main>
<script type="application/json" id="data">${jsonForScript({ seconds, log })}</script>
</body>
</html>
`.text;
}

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 19);

function topologySection(topology: string, seconds: readonly Second[], log: readonly Entry[]): Html {
  const cells = seconds.map((second) => second.topologies.find((one) => one.topology === topology));
  const { groups, routes } = sumUp(cells);
  const marks = log
    .filter(({ kind }) => kind === 'fault' || kind === 'undo')
    .filter((one) => (one.topology ?? topology) === topology);
  const chart = (title: string, top: number, read: (cell: Cell) => number | null): Html =>
    html`<figure><figcaption>${title}</figcaption>${routeGroups.map((group) => {
      const values = cells.map((cell) => (cell ? read(cell.groups[group]) : null));
      const lines: Chart = {
        title: group,
        top,
        at: seconds.map(({ at }) => at),
        values,
        marks: marks.map(({ at }) => at),
      };
      return drawChart(lines);
    })}</figure>`;
  const busiest = Math.max(
    1,
    ...cells.flatMap((cell) => routeGroups.map((group) => cell?.groups[group].requests ?? 0)),
  );
  return html`<section class="${topology}"><h2>${topology}</h2>
${sumTable(groups, routes)}
${chart('Answered, %', 100, ({ requests, failed }) => (requests === 0 ? null : 100 * (1 - failed / requests)))}
${chart('Requests ended a second', busiest, ({ requests }) => requests)}
${chart('p99 of the answered, ms (2,000 at the top)', 2_000, ({ p99Ms }) => p99Ms)}
</section>`;
}

const sumTable = (groups: Sum[], routes: Sum[]): Html => html`<table>
<thead><tr><th scope="col">routes</th><th scope="col">requests</th><th scope="col">answered</th><th scope="col">with a part missing</th><th scope="col">worst p99 of a second</th></tr></thead>
${[groups, routes].map((sums) => html`<tbody>${sums.map(sumRow)}</tbody>`)}</table>`;

const sumRow = ({
  name,
  requests,
  failed,
  degraded,
  worstP99Ms,
}: Sum): Html => html`<tr><th scope="row">${name}</th>
<td>${formatCount(requests)}</td><td>${formatShare(requests === 0 ? null : 1 - failed / requests)}</td>
<td>${formatCount(degraded)}</td><td>${formatMs(worstP99Ms)}</td></tr>`;
