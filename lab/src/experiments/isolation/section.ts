import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faults } from '../../faults/registry.ts';
import { heatLegend } from '../../report/heat.ts';
import { Html, html } from '../../report/html.ts';
import type { Finding, Kept, Section } from '../experiment.ts';
import { faultsOf } from './against.ts';
import { couplingList } from './coupling-list.ts';
import { allCells, allTrials } from './details.ts';
import { type Digest, digest } from './digest.ts';
import { findingsOf } from './findings.ts';
import { grid } from './grid.ts';
import { answeredCell, inflationCell, recoveryCell } from './grid-cells.ts';
import { howItWasDone } from './how.ts';
import { pooledTable } from './pooled-table.ts';
import type { IsolationRecord } from './record.ts';
import { summaryOf } from './summary.ts';
import { timelineCharts } from './timelines.ts';

const legend = html`<p class="legend">Answered: ${heatLegend.map(
  ([step, text]) => html`<span class="heat heat-${step}">${text}</span>`,
)} <span>small figure: trials; hatched: some answers said that a part is missing</span></p>`;

const item = ({ text, control }: Finding): Html =>
  html`<li>${text}${control ? html` <small class="control">${control}</small>` : ''}</li>`;

const faultList = (counted: Digest): Html => {
  const used = new Set([...faultsOf(counted, 'posts'), ...faultsOf(counted, 'users')]);
  const some = faults.filter(({ name }) => used.has(name));
  return html`<details><summary>What each fault is</summary><dl>${some.map(
    ({ label, how }) => html`<div><dt>${label}</dt><dd>${how}</dd></div>`,
  )}</dl></details>`;
};

const page = (
  counted: Digest,
  findings: readonly Finding[],
  kept: readonly Kept<IsolationRecord>[],
  style: string,
): Html => html`
<section id="isolation">
  <style>${new Html(style)}</style>
  <h2>Isolation: what still answers while one part is broken</h2>
  <p>Per cent of the requests that were answered during each fault, by whose routes they are for. A fault in posts should leave
  the columns of users and threads alone. Point at a cell for its interval, its trials and its statuses.</p>
  ${grid(counted, 'Answered during the fault, %', answeredCell)}
  ${legend}
  ${pooledTable(counted)}
  <ul>${findings.map(item)}</ul>
  <h3>Second by second</h3>
  ${timelineCharts(counted.timelines)}
  <h3>How much slower the answers were</h3>
  <p>p99 of the answers during the fault as a multiple of p99 in the seconds before it. ≈: no difference found, the 95 % interval
  holds 1 (or one trial cannot tell). –: nothing was answered. Failed requests have no latency here: they are in the table above.</p>
  ${grid(counted, 'p99 during the fault / p99 before it', inflationCell)}
  <h3>How soon they were well again</h3>
  <p>Seconds from the fault’s removal to the first of three in a row with at least 99 % answered; the median of the trials.
  0: never below it.</p>
  ${grid(counted, 'Recovery, seconds', recoveryCell)}
  ${couplingList(counted)}
  ${faultList(counted)}
  ${howItWasDone(kept)}
  ${allCells(counted)}
  ${allTrials(kept)}
</section>`;

/** Counts all trials from their samples and says what they show. */
export const isolationSection = async (
  kept: readonly Kept<IsolationRecord>[],
  folder: string,
): Promise<Section> => {
  const counted = await digest(
    kept.map(({ record }) => record),
    folder,
  );
  const findings = findingsOf(counted);
  const style = await readFile(join(import.meta.dirname, 'isolation.css'), 'utf8');
  return { summary: summaryOf(counted), findings, html: page(counted, findings, kept, style), data: counted };
};
