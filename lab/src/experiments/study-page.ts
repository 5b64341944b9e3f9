import type { Assets } from '../report/assets.ts';
import { formatCount } from '../report/format.ts';
import { Html, html } from '../report/html.ts';
import { type Finding, type Question, questions, type Section } from './experiment.ts';
import type { Study } from './study.ts';
import { studyMethod, type Tried } from './study-method.ts';
import { studySummary } from './study-summary.ts';

/** One experiment of a study as its page shows it. */
export interface Chapter extends Tried {
  title: string;
  section: Section;
}

const asked: Record<Question, string> = {
  'what-breaks': 'What breaks when posts breaks?',
  'what-it-costs': 'What did the split cost?',
  'what-it-buys': 'What did the split buy?',
  noise: 'Is that more than noise?',
};

/** As many as can be read at a glance; the others stand in their sections. */
const mostAtTop = 3;

const item = ({ text, control }: Finding): Html =>
  html`<li>${text}${control ? html` <small>${control}</small>` : ''}</li>`;

const card = (question: Question, findings: readonly Finding[]): Html => html`
  <div><h2>${asked[question]}</h2><ul>${
    findings.length === 0 ? html`<li class="control">Not measured in this study.</li>` : findings.map(item)
  }</ul></div>`;

/** The first findings of each experiment in turn, so that none keeps another from the top. */
const foremost = (chapters: readonly Chapter[], question: Question): Finding[] => {
  const lists = chapters.map(({ section }) => section.findings.filter((one) => one.question === question));
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const turns = Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1)));
  return turns.flat().slice(0, mostAtTop);
};

const rest = (chapters: readonly Chapter[], shown: ReadonlySet<Finding>): Html | string => {
  const left = chapters.flatMap(({ section }) => section.findings).filter((one) => !shown.has(one));
  if (left.length === 0) return '';
  return html`<details class="more"><summary>${left.length} more ${left.length === 1 ? 'finding' : 'findings'}</summary><ul>${left.map(item)}</ul></details>`;
};

const warnings = (study: Study, missing: number): string[] => [
  ...(study.quick
    ? ['A quick run: few and short trials. It shows that everything works, and proves little.']
    : []),
  ...(missing > 0
    ? [`${missing === 1 ? 'One trial is' : `${missing} trials are`} missing: void at each attempt.`]
    : []),
  ...(study.sessions.some(({ preview }) => preview)
    ? ['Made with a generator that waits for answers and so spares a system that stalls: not evidence.']
    : []),
  ...(study.env === 'local'
    ? ['Budgets are not enforced in this environment: all components share the machine.']
    : []),
  ...study.sessions
    .filter(({ machine }) => machine.busyBefore > 0.25)
    .map(
      ({ startedAt, machine }) =>
        `Something else kept ${Math.round(100 * machine.busyBefore)} % of the machine busy just before ${startedAt}.`,
    ),
];

const warning = (study: Study, chapters: readonly Chapter[]): Html | string => {
  const missing = chapters.reduce((sum, { unrepeated }) => sum + unrepeated.length, 0);
  const all = warnings(study, missing);
  return all.length === 0
    ? ''
    : html`<div class="warning" role="note"><b>Read with care.</b> ${all.map((one) => html`<p>${one}</p>`)}</div>`;
};

const facts = (study: Study, chapters: readonly Chapter[]): string => {
  const trials = chapters.reduce((sum, { slots }) => sum + slots, 0);
  const voids = chapters.reduce((sum, chapter) => sum + chapter.voids.length, 0);
  return `${formatCount(trials)} trials on ${study.env}, ${voids} void ones repeated; topologies: ${study.topologies.join(', ')}.`;
};

/** The whole study as one page that needs no network. */
export const renderStudy = (study: Study, chapters: readonly Chapter[], assets: Assets): string => {
  const top = questions.map((question) => ({ question, findings: foremost(chapters, question) }));
  const rows = chapters.flatMap(({ section }) => section.summary ?? []);
  const summary = questions.flatMap((question) => rows.filter((row) => row.question === question));
  const shown = new Set(top.flatMap(({ findings }) => findings));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>What splitting breaks, buys and costs</title>
${assets.styles.map((style) => html`<style>${new Html(style)}</style>`)}
</head>
<body>
<header>
  <p class="brand">Cleave<span>one forum, ${study.topologies.length} topologies, the same load and the same faults</span></p>
  ${warning(study, chapters)}
  <h1>What splitting breaks, buys and costs</h1>
  <p class="facts">${facts(study, chapters)}</p>
  ${studySummary(study.topologies, summary)}
  <div class="findings">${top.map(({ question, findings }) => card(question, findings))}</div>
  ${rest(chapters, shown)}
  <nav>${chapters.map(({ name, title }) => html`<a href="#${name}">${title}</a>`)}<a href="#method">How it was measured</a></nav>
</header>
<main>
${chapters.map(({ section }) => section.html)}
${studyMethod(study, chapters)}
</main>
${assets.scripts.map((script) => html`<script>${new Html(script)}</script>`)}
</body>
</html>
`.text;
};
