import type { PhaseSeconds } from '../trial/phases.ts';
import { type Html, html } from './html.ts';
import type { Timeline } from './schema.ts';

const width = 120;
const height = 24;

const x = (second: number, seconds: PhaseSeconds): number =>
  ((second + seconds.baseline) / (seconds.baseline + seconds.fault + seconds.recovery)) * width;

// Two pixels are kept free at both ends, so that a line at 0 % or 100 % is seen whole.
const y = (timeline: Timeline, index: number): number => {
  const requests = timeline.requests[index] ?? 0;
  const share = requests === 0 ? 1 : 1 - (timeline.failed[index] ?? 0) / requests;
  return 2 + (1 - share) * (height - 4);
};

const path = (timeline: Timeline, seconds: PhaseSeconds): string =>
  timeline.second
    .map((second, index) => {
      const top = y(timeline, index).toFixed(1);
      const from = x(second, seconds).toFixed(1);
      return `${index === 0 ? 'M' : 'L'}${from} ${top}H${x(second + 1, seconds).toFixed(1)}`;
    })
    .join('');

/** Availability of a route through one fault in both topologies, small: the fault is shaded. */
export const spark = (timelines: readonly Timeline[], seconds: PhaseSeconds): Html => html`<svg
  class="spark" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true"><rect
  x="${x(0, seconds).toFixed(1)}" width="${(x(seconds.fault, seconds) - x(0, seconds)).toFixed(1)}" height="${height}"/>${timelines.map(
    (timeline) => html`<path class="${timeline.topology}" d="${path(timeline, seconds)}"/>`,
  )}</svg>`;
