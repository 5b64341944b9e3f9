// What a request costs while the tables grow by a thousand times.
import { type MainTopology, mainTopologies } from '../../../../lab/src/environments/environment.ts';
import type { Estimate } from '../../../../lab/src/statistics/estimate.ts';
import type { Bar, Table, Window } from '../../result.ts';
import { bar, cpuMicros, measured, tableOf } from '../../run/figures.ts';
import type { Forum } from '../../run/forum.ts';
import type { Ground } from '../../run/ground.ts';
import { questionsFor, reads, writeQuestions } from '../../run/questions.ts';
import { inRounds } from '../../run/rounds.ts';
import { loadWindow } from '../../run/window.ts';

const connections = 32;
/** As many different ones at every size: those that are asked for twice at the same time share an answer. */
const ids = 100;
const at = (topology: MainTopology, posts: number): string => `${topology}, ${posts} posts`;

/** Asks every route of two forums of different sizes; what the larger costs of the smaller. */
export async function measureCost(
  ground: Ground,
  forums: readonly [small: Forum, large: Forum],
): Promise<{ table: Table; bars: Bar[]; windows: Window[] }> {
  const sizes = await Promise.all(
    forums.map(async ({ posts, topology }) => ({
      name: `${posts} posts`,
      file: await writeQuestions(ground, posts, ids),
      targets: mainTopologies.map((name) => ({ ...topology(name), name: at(name, posts) })),
    })),
  );
  const [least, most] = [forums[0].posts, forums[1].posts];
  const routes = [...questionsFor(least).keys()].filter((name) => name !== reads);
  const windows: Window[] = [];
  for (const route of routes) {
    const ask = ({ file, targets }: (typeof sizes)[number], round: number): Promise<Window[]> => {
      const load = { measure: route, pathsFile: file(route), seconds: 1, connections };
      return Promise.all(targets.map((target) => loadWindow(ground, target, load, round)));
    };
    windows.push(...(await inRounds(ground, route, sizes, ask)));
  }
  const cpu = cpuMicros();
  const rows = mainTopologies.flatMap((topology) =>
    routes.map((route) => {
      const { ratio, median } = measured(windows, route);
      const growth = ratio(at(topology, most), at(topology, least), cpu);
      const cells = [least, most].map((posts) => median(at(topology, posts), cpu));
      return {
        name: `${topology}: ${route}`,
        isRead: route.startsWith('GET'),
        growth,
        cells: [growth, ...cells],
      };
    }),
  );
  const size = (posts: number, index: number) => ({
    title: `${posts} posts`,
    unit: 'µs',
    digits: 0,
    of: (wanted: string): Estimate | null => rows.find(({ name }) => name === wanted)?.cells[index] ?? null,
  });
  const worst = (isRead: boolean) =>
    rows
      .filter((row) => row.isRead === isRead)
      .reduce((a, b) => ((b.growth?.value ?? Infinity) > (a.growth?.value ?? Infinity) ? b : a));
  return {
    table: tableOf(
      'CPU of a request, databases included, over the size of the tables',
      rows.map(({ name }) => name),
      [
        { ...size(most, 0), title: `${most} posts of ${least}`, unit: '×', digits: 2 },
        size(least, 1),
        size(most, 2),
      ],
    ),
    bars: [worst(true), worst(false)].map(({ name, growth }) =>
      bar(`CPU at worst, ${most} posts of ${least} (${name})`, 'at most', 1.1, growth),
    ),
    windows,
  };
}
