// Latency and throughput while more and more clients ask at once.
import { mainTopologies } from '../../../../lab/src/environments/environment.ts';
import type { Chart, Window } from '../../result.ts';
import { type Figure, measured, p50, p99, throughput } from '../../run/figures.ts';
import type { Forum } from '../../run/forum.ts';
import type { Ground } from '../../run/ground.ts';
import { loadInRounds } from '../../run/window.ts';

const counts = [1, 4, 16, 64, 256, 1_000, 2_000];
const measureOf = (connections: number): string => `one user, ${connections} connections`;

/** Measures one user by id at each number of connections, and draws the course. */
export async function measureConnections(
  ground: Ground,
  forum: Forum,
  pathsFile: string,
): Promise<{ charts: Chart[]; windows: Window[] }> {
  const asked = {
    targets: mainTopologies.map((name) => forum.topology(name)),
    pathsFile,
    seconds: 1,
    rounds: ground.quick ? 1 : 3,
  };
  const loads = counts.map((connections) => ({ ...asked, measure: measureOf(connections), connections }));
  const windows = await loadInRounds(ground, loads);
  const chart = (what: string, y: string, figure: Figure): Chart => ({
    title: `One user by id: ${what} over connections`,
    x: 'connections',
    y,
    logX: true,
    series: mainTopologies.map((name) => ({
      name,
      x: counts,
      y: counts.map((count) => measured(windows, measureOf(count)).median(name, figure)?.value ?? null),
    })),
  });
  const charts = [
    chart('p50', 'ms', p50),
    chart('p99', 'ms', p99),
    chart('throughput', 'answers/s', throughput),
  ];
  return { charts, windows };
}
