import { formatCount, formatInterval, formatShare } from '../../report/format.ts';
import { type Html, html } from '../../report/html.ts';
import type { Digest } from './digest.ts';
import type { Pooled } from './pooled.ts';
import { timesWithInterval } from './words.ts';

const row = ({ topology, trials, requests, failed, availability, interval, p99Ratio }: Pooled): Html => html`
  <tr><th scope="row" class="${topology}">${topology}</th><td>${trials}</td><td>${formatCount(requests)}</td><td>${formatCount(failed)}</td>
  <td>${formatShare(availability)}</td><td>${formatInterval(interval)}</td><td>${p99Ratio === null ? '–' : timesWithInterval(p99Ratio)}</td></tr>`;

/** Users and threads over all faults in posts: is a fault in one part felt in the others? */
export const pooledTable = ({ pooled }: Digest): Html => html`
<div class="scroll"><table><caption>Users and threads (without the discussion) over all faults in posts together</caption>
  <thead><tr><th scope="col">topology</th><th scope="col">trials</th><th scope="col">requests</th><th scope="col">failed</th><th scope="col">answered</th>
  <th scope="col">95 % interval</th><th scope="col">p99 during / before</th></tr></thead>
  <tbody>${pooled.filter(({ requests }) => requests > 0).map(row)}</tbody></table></div>`;
