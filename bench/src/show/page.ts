// One page with all figures, readable without a network: the lab's looks and plots.
import { mainTopologies } from '../../../lab/src/environments/environment.ts';
import { loadStudyAssets } from '../../../lab/src/report/assets.ts';
import { Html, html } from '../../../lab/src/report/html.ts';
import { plot, type Series } from '../../../lab/src/report/plot.ts';
import type { Chart, PartResult } from '../result.ts';
import { type Grid, gridsOf, originOf, versionsOf } from './cells.ts';

const styles: readonly Series['style'][] = ['line', 'dashes', 'points'];

const chartOf = ({ title, x, y, logX, series }: Chart): Html => {
  const neutral = series.filter(({ name }) => !mainTopologies.some((topology) => topology === name));
  return plot({
    title,
    x: { label: x, log: logX },
    y: { label: y, min: 0 },
    series: series.map((one) => ({
      ...one,
      colour: mainTopologies.find((topology) => topology === one.name) ?? 'neutral',
      style: styles[Math.max(0, neutral.indexOf(one)) % styles.length] ?? 'line',
    })),
  });
};

const leading = (text: string | undefined): number =>
  Number.parseFloat((text ?? '').replaceAll(',', '')) || 0;

/** The first column has a bar as long as its figure behind it. */
const tableOf = ({ title, head, rows }: Grid): Html => {
  const most = Math.max(...rows.map(([, first]) => leading(first)));
  const style = (text: string): string => {
    const share = Math.round((100 * leading(text)) / most);
    return `background: linear-gradient(90deg, #8ab4f866 ${share}%, transparent ${share}%)`;
  };
  return html`
<div class="scroll"><table><caption>${title}</caption>
<thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name = '', first = '', ...others]) => html`<tr><th scope="row">${name}</th>
<td style="${style(first)}">${first}</td>${others.map((text) => html`<td>${text}</td>`)}</tr>`,
  )}</tbody></table></div>`;
};

const sectionOf = (part: PartResult): Html => html`
<section id="${part.name}"><h2>${part.title}</h2>
${part.quick ? html`<p class="warning">A quick run: short windows and few rounds. No evidence.</p>` : ''}
<p><code>${part.command}</code>, ${originOf(part)}</p>
${gridsOf(part).map(tableOf)}
${part.charts.map(chartOf)}
<ul>${[...part.notes, `With ${versionsOf(part)}.`].map((note) => html`<li>${note}</li>`)}</ul></section>`;

/** The page of a benchmark. */
export async function page(parts: readonly PartResult[]): Promise<string> {
  const assets = await loadStudyAssets();
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Cleave: speed</title>
${assets.styles.map((style) => html`<style>${new Html(style)}</style>`)}</head><body>
<header><h1>How fast Cleave is</h1><p>Medians with 95 % intervals.</p></header>
<main>${parts.map(sectionOf)}</main>
${assets.scripts.map((script) => html`<script>${new Html(script)}</script>`)}
</body></html>
`.text;
}
