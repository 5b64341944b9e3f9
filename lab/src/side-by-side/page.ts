import { readFile } from 'node:fs/promises';
import type { Topology } from '../environments/environment.ts';
import { answeredCell, recoveryCell } from '../experiments/isolation/grid-cells.ts';
import type { Assets } from '../report/assets.ts';
import { formatCount } from '../report/format.ts';
import { heatLegend } from '../report/heat.ts';
import { Html, html } from '../report/html.ts';
import { type Difference, differences } from './differences.ts';
import { sideGrid } from './grid.ts';
import type { Side } from './read.ts';

const stylesheet = new URL('../experiments/isolation/isolation.css', import.meta.url);

const legend = html`<p class="legend">Answered: ${heatLegend.map(
  ([step, text]) => html`<span class="heat heat-${step}">${text}</span>`,
)} <span>small figure: trials; hatched: some answers said that a part is missing</span></p>`;

const differing = (found: readonly Difference[]): Html =>
  found.length === 0
    ? html`<p>No cell differs between the environments by more than chance: all 95 % intervals overlap. That is no proof that they are the same.</p>`
    : html`<p>${formatCount(found.length)} cells differ by more than chance (their 95 % intervals are apart):</p><ul>${found.map(({ text }) => html`<li>${text}</li>`)}</ul>`;

const about = ({ env, folder, trials, study }: Side): Html => {
  const last = study.sessions.at(-1);
  return html`<div><dt>${env}</dt><dd>${formatCount(trials)} trials in <code>${folder}</code>; ${last?.budgets ?? ''} ${last?.engine.name ?? ''} ${last?.engine.version ?? ''}, ${last?.machine.os ?? ''}${study.quick ? '; a quick run, which proves little' : ''}</dd></div>`;
};

/** The isolation experiment of several environments on one page that needs no network. */
export async function renderSides(
  sides: readonly Side[],
  topologies: readonly Topology[],
  assets: Assets,
): Promise<string> {
  const names = sides.map(({ env }) => env).join(' and ');
  const style = await readFile(stylesheet, 'utf8');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Isolation on ${names}</title>
${[...assets.styles, style].map((text) => html`<style>${new Html(text)}</style>`)}
</head>
<body>
<header>
  <p class="brand">Cleave<span>the same faults under the same load on ${names}</span></p>
  <h1>What still answers while one part is broken, on ${names}</h1>
</header>
<main>
<section id="isolation">
  <p>Per cent of the requests that were answered during each fault, by whose routes they are for. Each topology stands once for
  each environment. Where a platform starts by itself what ended, a fault that kills lasts until it did.</p>
  ${sideGrid(sides, topologies, 'Answered during the fault, %', answeredCell)}
  ${legend}
  <h2>Where they differ</h2>
  ${differing(differences(sides, topologies))}
  <h2>How soon they were well again</h2>
  ${sideGrid(sides, topologies, 'Recovery, seconds from the end of the fault', recoveryCell)}
  <h2>What stands beside each other</h2>
  <dl>${sides.map(about)}</dl>
</section>
</main>
</body>
</html>
`.text;
}
