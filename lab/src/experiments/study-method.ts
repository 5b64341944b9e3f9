import { formatCount } from '../report/format.ts';
import { type Html, html } from '../report/html.ts';
import type { Study, StudySession } from './study.ts';

/** How an experiment went, whatever it measured. */
export interface Tried {
  name: string;
  /** Finished slots. */
  slots: number;
  /** Void attempts that were repeated. */
  voids: { slot: string; reason: string }[];
  /** Void until now, and so missing. */
  unrepeated: { slot: string; reasons: string[] }[];
}

const fact = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const sessionRow = ({ startedAt, commit, engine, machine }: StudySession): Html => html`
  <tr><th scope="row">${startedAt}</th><td><code>${commit.slice(0, 12)}${commit.endsWith('-dirty') ? '-dirty' : ''}</code></td>
  <td>${engine.name} ${engine.version}</td><td>${Math.round(100 * machine.busyBefore)} %</td></tr>`;

const voidRow = (name: string, slot: string, reason: string): Html =>
  html`<tr><th scope="row">${name}</th><td>${slot}</td><td>${reason}</td></tr>`;

const voidTable = (tried: readonly Tried[]): Html => {
  const repeated = tried.flatMap(({ name, voids }) =>
    voids.map(({ slot, reason }) => voidRow(name, slot, reason)),
  );
  const missing = tried.flatMap(({ name, unrepeated }) =>
    unrepeated.map(({ slot, reasons }) => voidRow(name, `${slot} (missing)`, reasons.join('; '))),
  );
  if (repeated.length + missing.length === 0) return html`<p>No trial was void.</p>`;
  return html`<details><summary>${formatCount(repeated.length)} void trials that were repeated, ${formatCount(missing.length)} that are missing</summary>
  <div class="scroll"><table class="runs"><caption>A trial is void when its fault was not seen, its load was not kept up, the generator was short of CPU, or the machine was already full before its fault</caption>
  <thead><tr><th scope="col">experiment</th><th scope="col">trial</th><th scope="col">reason</th></tr></thead>
  <tbody>${[...missing, ...repeated]}</tbody></table></div></details>`;
};

const flags = (study: Study): string =>
  [
    `--env ${study.env}`,
    `--topologies ${study.topologies.join(',')}`,
    ...(study.trials === null ? [] : [`--trials ${study.trials}`]),
    ...(study.quick ? ['--quick'] : []),
    `--seed ${study.seed}`,
    ...(study.rate === null ? [] : [`--rate ${study.rate}`]),
  ].join(' ');

/** Machine, versions, budgets, order, exclusions, and how to repeat and to redraw it. */
export const studyMethod = (study: Study, tried: readonly Tried[]): Html => {
  const last = study.sessions.at(-1);
  return html`
<section id="method">
  <h2>How it was measured</h2>
  <dl>
    ${fact('Environment', study.env)}
    ${fact('Budgets', last?.budgets ?? 'unknown')}
    ${fact('Machine', `${last?.machine.cpu ?? ''}, ${last?.machine.cores ?? ''} cores, ${last?.machine.memoryGiB ?? ''} GiB`)}
    ${fact('System', `${last?.machine.os ?? ''}, Node ${last?.machine.node ?? ''}`)}
    ${fact('Order', `Trials of all topologies are mixed; the order is drawn with seed ${study.seed}, and each experiment says how.`)}
    ${fact(
      'Experiments',
      tried
        .filter(({ slots }) => slots > 0)
        .map(({ name, slots }) => `${name} (${slots})`)
        .join(', '),
    )}
  </dl>
  <div class="scroll"><table class="runs"><caption>The run was begun, and gone on with, at</caption>
    <thead><tr><th scope="col">time</th><th scope="col">commit</th><th scope="col">generator</th><th scope="col">machine busy before</th></tr></thead>
    <tbody>${study.sessions.map(sessionRow)}</tbody></table></div>
  ${voidTable(tried)}
  <p>Repeat it:</p>
  <pre><code>npm run lab -- all ${flags(study)} --out lab-results/again</code></pre>
  <p>Count it again from the samples that lie beside this page, which must give the same figures:</p>
  <pre><code>npm run lab -- report DIR</code></pre>
</section>`;
};
