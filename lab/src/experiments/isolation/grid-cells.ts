// The three ways to fill a cell of the grid: what was answered, how much slower, and for how long after.
import { formatCount, formatInterval, formatMs, formatShare } from '../../report/format.ts';
import { heatStep } from '../../report/heat.ts';
import { type Html, html } from '../../report/html.ts';
import type { Cell } from './count.ts';
import { isShifted } from './verdict.ts';
import { times, timesWithInterval } from './words.ts';

const place = ({ topology, module, fault, route, trials }: Cell): string =>
  `${topology}, ${module} ${fault}, ${route}, ${trials} ${trials === 1 ? 'trial' : 'trials'}`;

const statusMix = ({ broken }: Cell): string =>
  Object.entries(broken.statuses)
    .map(([status, n]) => `${status === '0' ? 'no answer' : `status ${status}`}: ${formatCount(n)}`)
    .join(', ');

const heat = (step: string, title: string, value: string, cell: Cell, mark: string): Html =>
  html`<td class="heat heat-${step}${mark}" title="${title}"><b>${value}</b><small>${cell.trials}</small></td>`;

/** Share answered during the fault; hatched where some answers said that a part was missing. */
export const answeredCell = (cell: Cell, begins: string): Html => {
  const { broken } = cell;
  const title = [
    place(cell),
    `${formatCount(broken.requests - broken.failed)} of ${formatCount(broken.requests)} answered, 95 % interval ${formatInterval(broken.availabilityCi)}`,
    `by trial ${broken.availabilityByTrial.map(formatShare).join(', ')}`,
    ...(broken.degraded > 0 ? [`${formatCount(broken.degraded)} of them with a part missing`] : []),
    ...(broken.late > 0 ? [`${formatCount(broken.late)} of them only after the fault had ended`] : []),
    statusMix(cell),
  ].join('\n');
  const value = formatShare(broken.availability).replace(' %', '');
  return heat(
    heatStep(broken.availability),
    title,
    value,
    cell,
    `${begins}${broken.degraded > 0 ? ' degraded' : ''}`,
  );
};

/** Upper ends of the steps of p99 inflation. */
const slower = [1.2, 1.5, 2, 5, 20, 100];

/** p99 during the fault over p99 before; ≈ where the interval holds 1. */
export const inflationCell = (cell: Cell, begins: string): Html => {
  const { p99Ratio, baseline, broken } = cell;
  if (p99Ratio === null) return heat('none', `${place(cell)}\nnothing was answered`, '–', cell, begins);
  const found = isShifted(p99Ratio);
  const step = slower.findIndex((most) => p99Ratio.value <= most);
  const title = `${place(cell)}\np99 ${formatMs(baseline.p99Ms)} before, ${formatMs(broken.p99Ms)} during\n${timesWithInterval(p99Ratio)}${found ? '' : '\nno difference found'}`;
  return heat(
    found ? String(step === -1 ? 6 : step) : '0',
    title,
    found ? times(p99Ratio.value) : '≈',
    cell,
    begins,
  );
};

/** Seconds until well again, the median of the trials. */
export const recoveryCell = (cell: Cell, begins: string): Html => {
  const { recoverySeconds: value, recoverySecondsByTrial: byTrial } = cell.recovery;
  const longest = Math.max(0, cell.watchedSeconds - 2);
  const seconds = (one: number | null): string => (one === null ? `≥ ${longest}` : String(one));
  const title = `${place(cell)}\nseconds by trial: ${byTrial.map(seconds).join(', ')}`;
  const step = value === null ? '6' : String(Math.min(5, value === 0 ? 0 : value + 1));
  return heat(step, title, seconds(value), cell, begins);
};
