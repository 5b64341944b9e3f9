import { answerCards } from './answer-cards.ts';
import type { Assets } from './assets.ts';
import { headline, headlineHtml, lede } from './headline.ts';
import { Html, html, jsonForScript } from './html.ts';
import { matrix } from './matrix.ts';
import { method } from './method.ts';
import { numbers } from './numbers.ts';
import { recovery } from './recovery.ts';
import type { Report } from './schema.ts';
import { distributions, timelines } from './timeline.ts';

const previewMark = ' · Preview, not evidence';

const banner = (report: Report): Html | string =>
  report.preview
    ? html`<p class="preview" role="note"><b>Preview.</b> Made with ${report.engine.name}, which waits for answers and so spares a
      system that stalls. Install k6 or Docker and run it again before you believe a number.</p>`
    : '';

const warnings = (report: Report): Html | string =>
  report.warnings.length === 0
    ? ''
    : html`<div class="warning" role="note"><b>Read with care.</b> ${report.warnings.map((warning) => html`<p>${warning}</p>`)}</div>`;

const top = (report: Report, mark: string): Html => html`
<header>
  <p class="brand">Cleave<span>one forum, two topologies, the same faults</span></p>
  ${warnings(report)}
  <h1>${headlineHtml(report)}</h1>
  <p class="lede">${lede(report)}</p>
  ${answerCards(report, mark)}
  <nav><a href="#matrix">What answers</a><a href="#timeline">Second by second</a><a href="#latency">Latency</a><a
  href="#recovery">Recovery</a><a href="#method">How it was measured</a><a href="#numbers">All numbers</a></nav>
</header>`;

/** What the charts are drawn from. */
const chartData = (report: Report) => ({
  seconds: report.seconds,
  timelines: report.timelines,
  boundsMs: report.boundsMs,
  distributions: report.distributions,
});

/** The whole report as one page that needs no network. */
export const renderPage = (report: Report, assets: Assets): string => {
  const mark = report.preview ? previewMark : '';
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${headline(report)}</title>
${assets.styles.map((style) => html`<style>${new Html(style)}</style>`)}
</head>
<body>
${banner(report)}
${top(report, mark)}
<main>
${matrix(report, mark)}
${timelines(report, mark)}
${distributions(report, mark)}
${recovery(report, mark)}
${method(report, mark)}
${numbers(report, mark)}
</main>
<script type="application/json" id="data">${jsonForScript(chartData(report))}</script>
${assets.scripts.map((script) => html`<script>${new Html(script)}</script>`)}
</body>
</html>
`.text;
};
