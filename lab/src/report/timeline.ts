import { groups } from '../compare/groups.ts';
import { routesOf, stateNames } from './find.ts';
import { type Html, html } from './html.ts';
import type { Fault, Report } from './schema.ts';
import { spark } from './spark.ts';

const option = (report: Report, route: string, checked: boolean): Html => html`
  <label><input type="radio" name="route" value="${route}"${checked ? ' checked' : ''}><span>${route}</span>${report.faults.map(
    (fault) =>
      spark(
        report.timelines.filter((one) => one.route === route && one.fault === fault),
        report.seconds,
      ),
  )}</label>`;

/** Which route the charts show: a list in which each route carries its own small picture. */
const picker = (report: Report): Html => html`
  <fieldset class="picker"><legend>Availability, ${report.faults.map((fault) => `posts ${stateNames[fault]}`).join(' and ')}: choose a route</legend>
  ${[...groups, ...routesOf(report)].map((route, index) => option(report, route, index === 0))}</fieldset>`;

const chart = (fault: Fault, kind: string, title: string): Html =>
  html`<figure><figcaption>${title}</figcaption><div class="chart" data-kind="${kind}" data-fault="${fault}"></div></figure>`;

/** The legend of all charts: colour and line style. */
export const lineLegend = html`<p class="legend lines"><span class="monolith">monolith</span><span class="microservices">microservices</span></p>`;

/** Availability and p99 by second through each fault; the charts themselves are drawn in the browser. */
export const timelines = (report: Report, mark: string): Html => html`
<section id="timeline">
  <h2>Second by second</h2>
  <p>All trials laid over each other; the shaded seconds are the fault. Second 0 is the moment it began.
  A gap in p99 is a second in which nothing was answered.${mark}</p>
  <div class="explorer">
    ${picker(report)}
    <div>
      <h3 class="chosen" aria-live="polite"></h3>${lineLegend}
      <div class="charts">
        ${report.faults.map((fault) => chart(fault, 'availability', `Answered, % · posts ${stateNames[fault]}`))}
        ${report.faults.map((fault) => chart(fault, 'p99', `p99 of the answered, ms · posts ${stateNames[fault]}`))}
      </div>
    </div>
  </div>
</section>`;

/** Latency before and during each fault as cumulative curves; drawn in the browser for the chosen route. */
export const distributions = (report: Report, mark: string): Html => html`
<section id="latency">
  <h2>How fast the answers were</h2>
  <p>Share of all requests answered within a time. A curve ends at the availability: requests that were never
  answered are not left out. Thin: before the fault. Thick: during it.${mark}</p>
  <h3 class="chosen" aria-live="polite"></h3>${lineLegend}
  <div class="charts">
    ${report.faults.map((fault) => chart(fault, 'latency', `Answered within, % · posts ${stateNames[fault]}`))}
  </div>
</section>`;
