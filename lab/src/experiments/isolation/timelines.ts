import type { Topology } from '../../environments/environment.ts';
import { faultNamed } from '../../faults/registry.ts';
import { type Html, html } from '../../report/html.ts';
import { plot } from '../../report/plot.ts';
import { merge } from '../../trial/bucket.ts';
import type { RouteTally } from '../../trial/tally.ts';

/** Users and threads second by second through one fault in posts, all trials laid over each other. */
export interface Timeline {
  topology: Topology;
  fault: string;
  /** Since the fault was ordered. */
  second: number[];
  /** Per cent; null in a second without requests. */
  answered: (number | null)[];
}

export const timelineOf = (topology: Topology, fault: string, trials: readonly RouteTally[]): Timeline => {
  const second = [...new Set(trials.flatMap(({ timeline }) => [...timeline.keys()]))].sort((a, b) => a - b);
  const answered = second.map((at) => {
    const { requests, failed } = merge(trials.flatMap(({ timeline }) => timeline.get(at) ?? []));
    return requests === 0 ? null : Number(((100 * (requests - failed)) / requests).toFixed(2));
  });
  return { topology, fault, second, answered };
};

/** Shown as charts; the others stand in the tables. */
const shown = ['killed', 'event-loop-blocked', 'database-stopped', 'memory-leak'];

/** A chart for each of a few faults. */
export const timelineCharts = (timelines: readonly Timeline[]): Html =>
  html`<div class="plots">${shown
    .map((fault) => timelines.filter((one) => one.fault === fault))
    .filter((some) => some.length > 0)
    .map((some) =>
      plot({
        title: `Users and threads answered, posts ${faultNamed(some[0]?.fault ?? '').label} from second 0`,
        x: { label: 'seconds since the fault was ordered' },
        y: { label: 'answered', min: 0, max: 100, unit: '%' },
        series: some.map(({ topology, second, answered }) => ({
          name: topology,
          style: topology === 'monolith' || topology === 'microservices' ? 'line' : 'dashes',
          colour: topology,
          x: second,
          y: answered,
        })),
      }),
    )}</div>`;
