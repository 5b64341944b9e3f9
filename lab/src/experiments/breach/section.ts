import { allTopologies } from '../../environments/environment.ts';
import { type Html, html } from '../../report/html.ts';
import type { Section } from '../experiment.ts';
import { assetTable, attemptList } from './asset-table.ts';
import { findings, summaryOf } from './findings.ts';
import type { BreachRecord } from './record.ts';
import { summaryTable } from './summary-table.ts';

const caveat = (records: readonly BreachRecord[]): Html =>
  records.some(({ environment }) => environment === 'local')
    ? html`<p class="note"><b>On local, all processes belong to one user of one machine</b>: each may read the files and
      the variables of the others, whatever the topology. That is measured here, and is no property of the topologies;
      <code>--env compose</code> shows what containers change.</p>`
    : html``;

const doors = (records: readonly BreachRecord[]): Html => html`
  <p class="note">Published ports: ${records.map(({ topology, doors }) => `${topology}: ${doors.join(', ') || 'none'}`).join('; ')}.
  Health answers (/livez and /readyz) are given at the public side too, on purpose, and are not in the table.</p>`;

/** Everything that breach says, from what its slots left. */
export function section(kept: readonly BreachRecord[]): Section {
  const records = allTopologies.flatMap((topology) => kept.filter((record) => record.topology === topology));
  return {
    summary: summaryOf(records),
    findings: findings(records),
    html: html`
<section id="breach">
  <h2>What a breach reaches</h2>
  <p>A probe runs as the component's own process would: the same user, variables, files and network. It is told the names,
  addresses and ports of everything, and no credential: those it has to find. It looks into every file and process that
  it may read, tries each find on each database and control port, and reads and writes (rolled back) what opens.
  Outside stands a client that knows the same and has the published ports.</p>
  ${caveat(records)}
  ${summaryTable(records)}
  ${doors(records)}
  <details><summary>Every asset</summary>${assetTable(records)}</details>
  ${records.map(attemptList)}
</section>`,
    data: records,
  };
}
