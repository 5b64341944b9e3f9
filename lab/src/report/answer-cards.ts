import { type Answer, answers } from './answers.ts';
import { type Html, html } from './html.ts';
import { mainTopologies, type Report } from './schema.ts';

const card = ({ question, rows, note }: Answer, mark: string): Html => html`
  <div><table><caption>${question}${mark}</caption>
    <thead><tr><td></td>${mainTopologies.map((one) => html`<th scope="col" class="${one}">${one}</th>`)}</tr></thead>
    <tbody>${rows.map(({ label, values }) => html`<tr><th scope="row">${label}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>`)}</tbody>
  </table><p>${note}</p></div>`;

/** The first three questions of a reader, each answered by a few numbers. */
export const answerCards = (report: Report, mark: string): Html =>
  html`<div class="answers">${answers(report).map((answer) => card(answer, mark))}</div>`;
