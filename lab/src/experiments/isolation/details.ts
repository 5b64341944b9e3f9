import { faultNamed } from '../../faults/registry.ts';
import { formatCount, formatInterval, formatMs, formatShare } from '../../report/format.ts';
import { type Html, html } from '../../report/html.ts';
import type { Kept } from '../experiment.ts';
import type { Cell } from './count.ts';
import type { Digest } from './digest.ts';
import type { IsolationRecord } from './record.ts';
import { times } from './words.ts';

const interval = ({ p99Ratio }: Cell): string =>
  p99Ratio === null || p99Ratio.low === null || p99Ratio.high === null
    ? '–'
    : `${times(p99Ratio.low)}–${times(p99Ratio.high)}`;

const statuses = ({ broken }: Cell): string =>
  Object.entries(broken.statuses)
    .map(([status, n]) => `${status === '0' ? 'none' : status}: ${formatCount(n)}`)
    .join(', ');

const row = (cell: Cell): Html => html`
  <tr><th scope="row">${cell.route}</th><td>${cell.module} ${faultNamed(cell.fault).label}</td><td>${cell.topology}</td><td>${cell.trials}</td>
  <td>${formatCount(cell.broken.requests)}</td><td>${formatShare(cell.broken.availability)}</td><td>${formatInterval(cell.broken.availabilityCi)}</td>
  <td>${formatCount(cell.broken.degraded)}</td><td>${statuses(cell)}</td><td>${formatShare(cell.baseline.availability)}</td>
  <td>${formatMs(cell.baseline.p50Ms)}</td><td>${formatMs(cell.broken.p50Ms)}</td><td>${formatMs(cell.baseline.p99Ms)}</td><td>${formatMs(cell.broken.p99Ms)}</td>
  <td>${cell.p99Ratio === null ? '–' : times(cell.p99Ratio.value)}</td><td>${interval(cell)}</td>
  <td>${cell.recovery.recoverySeconds === null ? 'not seen' : `${cell.recovery.recoverySeconds} s`}</td></tr>`;

const columns = [
  'routes',
  'fault',
  'topology',
  'trials',
  'requests',
  'answered',
  '95 % interval',
  'part missing',
  'statuses',
  'before',
  'p50 before',
  'p50 during',
  'p99 before',
  'p99 during',
  'ratio',
  '95 % interval',
  'recovery',
];

const headOf = (names: readonly string[]): Html =>
  html`<thead><tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>`;

/** Every cell, for whoever wants to check the pictures. */
export const allCells = ({ cells }: Digest): Html => html`
<details><summary>Every cell (${formatCount(cells.length)} rows)</summary>
<div class="scroll"><table class="numbers"><caption>Groups of routes first. Requests, shares and statuses are of the time of the fault</caption>
${headOf(columns)}<tbody>${cells.map(row)}</tbody></table></div></details>`;

const trialRow = ({ startedAt, voids, record }: Kept<IsolationRecord>): Html => html`
  <tr><th scope="row">${startedAt.slice(11, 19)}</th><td>${record.topology}</td><td>${record.module} ${faultNamed(record.fault).label}</td><td>${record.trial}</td>
  <td>${voids.length}</td><td>${formatCount(record.requests)}</td><td>${Math.round(100 * record.generator.lowestSecond)} %</td>
  <td>${((record.mark.endsAtMs - record.mark.seenAtMs) / 1000).toFixed(2)} s</td><td>${((record.mark.backAtMs - record.mark.endsAtMs) / 1000).toFixed(2)} s</td><td>${record.mark.evidence}</td></tr>`;

const trialColumns = [
  'began (UTC)',
  'topology',
  'fault',
  'trial',
  'void before',
  'requests',
  'load in its worst second',
  'lasted',
  'mended in',
  'how it was seen',
];

/** Every trial in the order in which they were run, with how its fault was seen. */
export const allTrials = (kept: readonly Kept<IsolationRecord>[]): Html => html`
<details><summary>Every trial in order, and how its fault was seen (${formatCount(kept.length)})</summary>
<div class="scroll"><table class="numbers"><caption>Trials as they were run</caption>
${headOf(trialColumns)}<tbody>${kept.map(trialRow)}</tbody></table></div></details>`;
