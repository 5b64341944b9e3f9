// Memory of every component under a steady load.
import { setTimeout as delay } from 'node:timers/promises';
import { mainTopologies } from '../../../../lab/src/environments/environment.ts';
import { readStats } from '../../../../lab/src/environments/local/stats.ts';
import type { Estimate } from '../../../../lab/src/statistics/estimate.ts';
import { arriveAt } from '../../load/arrive.ts';
import type { Bar, Table, Window } from '../../result.ts';
import { bar, single, tableOf } from '../../run/figures.ts';
import type { Forum } from '../../run/forum.ts';
import type { Ground } from '../../run/ground.ts';
import type { Target } from '../../run/window.ts';
import { slopeOf } from './slope.ts';

const rate = 150;
const sampleMs = 2_000;
const mebibyte = 2 ** 20;

/** The beginning, in which heaps grow to what they need, is left out: a third. */
const leftOut = 1 / 3;

/** Memory of one component, in MiB, over minutes. */
interface Course {
  name: string;
  pid: number;
  minutes: number[];
  mebibytes: number[];
}

async function watch(courses: readonly Course[], seconds: number, tick: () => void): Promise<void> {
  const began = performance.now();
  for (let at = 0; at < seconds; at = (performance.now() - began) / 1_000) {
    tick();
    for (const course of courses) {
      const stats = await readStats(course.pid);
      if (stats === undefined) throw new Error(`${course.name} has ended under a steady load`);
      course.minutes.push(at / 60);
      course.mebibytes.push(stats.memoryBytes / mebibyte);
    }
    await delay(sampleMs);
  }
}

/** Loads both topologies at once for ten minutes; gives what their components' memory did. */
export async function soak(
  { quick, progress }: Ground,
  { topology }: Forum,
  pathsFile: string,
): Promise<{ table: Table; bar: Bar; windows: Window[] }> {
  const seconds = quick ? 20 : 600;
  const topologies = mainTopologies.map((name) => topology(name));
  const courses = topologies.flatMap(({ components }) =>
    Object.entries(components).map(([name, pid]): Course => ({ name, pid, minutes: [], mebibytes: [] })),
  );
  const load = async ({ name, origin }: Target): Promise<Window> => {
    const sent = await arriveAt(rate, { origin, pathsFile, seconds, connections: 128, seed: 1 });
    return { target: name, measure: 'soak', round: 1, cpuSeconds: {}, ...sent };
  };
  const title = `Memory under ${rate} reads/s on each topology for ${seconds} s, without the first third`;
  progress.begin(title, Math.ceil((seconds * 1_000) / sampleMs));
  const [windows] = await Promise.all([
    Promise.all(topologies.map(load)),
    watch(courses, seconds, () => progress.step('samples')),
  ]);
  const kept = new Map(
    courses.map(({ name, minutes, mebibytes }) => {
      const from = Math.floor(minutes.length * leftOut);
      const values = mebibytes.slice(from);
      return [name, { slope: slopeOf(minutes.slice(from), values), values }];
    }),
  );
  const least = ({ low, value }: Estimate): number => low ?? value;
  const slopes = [...kept.values()].map(({ slope }) => slope);
  const steepest = slopes.reduce((a, b) => (least(b) > least(a) ? b : a));
  const aim = 'growth of memory, worst component: its interval begins at 0 or below';
  return {
    table: tableOf(
      title,
      [...kept.keys()],
      [
        { title: 'grows', unit: 'MiB a minute', digits: 2, of: (name) => kept.get(name)?.slope ?? null },
        { title: 'first', unit: 'MiB', digits: 1, of: (name) => single(kept.get(name)?.values[0] ?? 0) },
        { title: 'last', unit: 'MiB', digits: 1, of: (name) => single(kept.get(name)?.values.at(-1) ?? 0) },
      ],
    ),
    bar: { ...bar(aim, 'at most', 0, steepest, 'MiB a minute'), met: least(steepest) <= 0 },
    windows,
  };
}
