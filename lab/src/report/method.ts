import { formatCount } from './format.ts';
import { type Html, html } from './html.ts';
import type { Report, Run } from './schema.ts';

const facts = (report: Report): [string, string][] => [
  ['Environment', report.environment],
  ['Budgets', report.budgets],
  ['Machine', `${report.machine.cpu}, ${report.machine.cores} cores, ${report.machine.memoryGiB} GiB`],
  [
    'System',
    `${report.machine.os}, Node ${report.machine.node}, ${Math.round(100 * report.machine.busyBefore)} % busy before the run`,
  ],
  [
    'Load',
    `${report.engine.name} ${report.engine.version}, ${formatCount(report.rate)} requests a second${report.preview ? '' : ', open-loop'}`,
  ],
  ['Broken', `monolith: ${report.target.monolith}; microservices: ${report.target.microservices}`],
  [
    'Trials',
    `${report.trials} of each topology, in the order ${report.runs.map((run) => run.topology).join(', ')}`,
  ],
  ['Commit', report.commit.replace(/^([0-9a-f]{12})[0-9a-f]*/, '$1')],
  ['Made', report.generatedAt],
];

const rules = (report: Report): Html[] => {
  const { warmUp, baseline, fault, recovery } = report.seconds;
  return [
    html`Before the first trial both topologies are read from for a few seconds, so that no trial measures the compiler.
      A trial is ${warmUp} s of warm-up, which is dropped, and then for each fault ${baseline} s of baseline,
      ${fault} s of fault and ${recovery} s of recovery, without a pause. Order of faults: ${report.faults.join(', ')}.`,
    html`<b>kill</b>: SIGKILL, and kept down. <b>hang</b>: SIGSTOP, then SIGCONT. Both topologies are up all the time;
      only one has load.`,
    html`A request belongs to the phase in which it was sent. Left out: requests sent from 0.1 s before
      a fault until it was seen (${formatCount(report.runs.reduce((sum, run) => sum + run.edgeRequests, 0))} of
      ${formatCount(report.runs.reduce((sum, run) => sum + run.requests, 0))}).`,
    html`So a request sent in the last 2 s of a hang may still be answered, late, when the hang ends.`,
    html`Failed: no answer within 2 s, a broken one, or not the status that the route should give. Latencies are of the
      answered requests: a quick refusal is no speed.`,
    html`Intervals: a cluster bootstrap over trials and seconds (2,000 resamples, fixed seed, Student's t for few
      trials), at least as wide as Wilson's interval.`,
    html`A trial is void, and repeated, when the generator did not keep its rate, the fault was not seen to happen,
      or the component was not back before the next fault's baseline.`,
  ];
};

const runRow = (run: Run): Html => html`
  <tr><th scope="row">${run.topology} ${run.trial}</th><td>${run.startedAt.slice(11, 19)}</td>
  <td>${formatCount(run.requests)}</td><td>${formatCount(run.edgeRequests)}</td>
  <td>${run.faults.map((mark) => html`<div><b>${mark.fault}</b> ${((mark.removedAtMs - mark.seenAtMs) / 1000).toFixed(2)} s: ${mark.evidence}</div>`)}</td>
  <td><code>${run.samples}</code></td></tr>`;

const voids = (report: Report): Html =>
  report.voidTrials.length === 0
    ? html`<p>No trial was void.</p>`
    : html`<p>Void, and run again:</p><ul>${report.voidTrials.map(
        (one) => html`<li>${one.topology} ${one.trial}: ${one.reason}</li>`,
      )}</ul>`;

/** How the numbers came about, and the command that makes them again. */
export const method = (report: Report, mark: string): Html => html`
<section id="method">
  <h2>How it was measured</h2>
  <dl>${facts(report).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  <ul class="rules">${rules(report).map((rule) => html`<li>${rule}</li>`)}</ul>
  <div class="scroll"><table class="runs">
    <caption>Trials in the order in which they were run, and how each fault was seen${mark}</caption>
    <thead><tr><th scope="col">trial</th><th scope="col">began (UTC)</th><th scope="col">requests</th><th scope="col">left out</th>
    <th scope="col">faults</th><th scope="col">every request</th></tr></thead>
    <tbody>${report.runs.map(runRow)}</tbody>
  </table></div>
  ${voids(report)}
  <h3>Repeat it</h3>
  <pre><code>${report.command}</code></pre>
</section>`;
