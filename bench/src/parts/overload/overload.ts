// What happens when three times as much arrives as can be done, and how much retries add when something fails.
import { mainTopologies } from '../../../../lab/src/environments/environment.ts';
import type { Part } from '../../part.ts';
import type { Chart, Window } from '../../result.ts';
import { bar, measured, tableOf, throughput, value } from '../../run/figures.ts';
import type { Forum } from '../../run/forum.ts';
import { type Ground, readyz } from '../../run/ground.ts';
import { highestRate, objective } from '../../run/highest-rate.ts';
import { inRounds } from '../../run/rounds.ts';
import { loadWindow } from '../../run/window.ts';
import { measureRetries } from './retries.ts';
import { factor, type Surged, surge } from './surge.ts';

const posts = 10_000;
// A request that is some work: of a light one, three times the peak is more than refusals and generator leave room for.
const rows = 200;
const pagesOfPosts = Array.from({ length: 500 }, (_, page) => `/api/posts?limit=${rows}&after=${19 * page}`);
const naive = 'monolith, nothing refused, naive retries';

type Loaded = Omit<Surged, 'knee' | 'peak'>;

/** Both topologies, and the monolith once more: it refuses nobody, and its clients repeat at once what failed. */
async function targetsOf({ serve }: Ground, forum: Forum): Promise<Loaded[]> {
  const { pid, origin } = await serve({
    name: 'naive monolith',
    command: await forum.copyOf('monolith', { ADMISSION_DELAY_MS: '0' }),
    ready: readyz,
  });
  const components = { monolith: pid, 'monolith-db': forum.pid('monolith-db') };
  return [
    ...mainTopologies.map((name) => ({ ...forum.topology(name), retries: 0 })),
    { name: naive, origin, components, retries: 3 },
  ];
}

/** With the knee and the peak, which are searched for once, since they do not depend on the round. */
async function withCapacity(ground: Ground, target: Loaded, pathsFile: string): Promise<Surged> {
  const load = { measure: 'peak', pathsFile, seconds: ground.quick ? 1 : 3 };
  await loadWindow(ground, target, load, 1); // warm-up
  const most = throughput(await loadWindow(ground, target, load, 2)) ?? 0;
  const knee = await highestRate(ground, target, pathsFile, most, 1);
  return { ...target, knee, peak: Math.max(knee, most) };
}

const columns: [title: string, unit: string, digits: number, figure: string][] = [
  [`answered at ${factor} × the peak, of the peak`, '×', 2, 'goodput'],
  ['knee', 'req/s', 0, 'knee'],
  ['peak', 'req/s', 0, 'peak'],
  ['p99 of what was let in', 'ms', 0, 'admittedP99Ms'],
  ['refused', '', 0, 'refused'],
  ['p99 of a refusal', 'ms', 1, 'refusedP99Ms'],
  ['refused without Retry-After', '', 0, 'withoutRetryAfter'],
  ['failed otherwise', '', 0, 'failedOtherwise'],
  ['generator late, at most', 'ms', 0, 'lateMs'],
  ['back to normal after', 's', 0, 'backS'],
];

async function run(ground: Ground) {
  const retries = await measureRetries(ground);
  const forum = await ground.forum(posts);
  const pathsFile = await ground.file('pages of posts', pagesOfPosts);
  const loaded = await targetsOf(ground, forum);
  const targets: Surged[] = [];
  ground.progress.begin('what can be done', loaded.length);
  for (const target of loaded) {
    ground.progress.step(target.name);
    targets.push(await withCapacity(ground, target, pathsFile));
  }
  const series: Chart['series'] = [];
  const once = async (target: Surged, round: number): Promise<Window> => {
    const { window, course } = await surge(target, pathsFile, round, ground.quick);
    if (round === 1) series.push({ name: target.name, ...course });
    return window;
  };
  const rounds = ground.quick ? 1 : 10;
  const windows = await inRounds(ground, 'surges', targets, once, { rounds, warmUp: false });
  const { median } = measured(windows);
  const of = (figure: string) => (name: string) => median(name, value(figure));
  const table = tableOf(
    `Pages of ${rows} posts at ${factor} times the peak`,
    targets.map(({ name }) => name),
    columns.map(([title, unit, digits, figure]) => ({ title, unit, digits, of: of(figure) })),
  );
  const title = 'Answers in time a second, before, during and after the surge';
  return {
    notes: [
      `The knee is the highest arrival rate at which 99 % of the answers come within ${objective.p99Ms} ms and 99.9 % come at all; the peak is what 64 connections get that always ask for more, or the knee where that is higher. The surge is three times the peak, and so at least three times the knee.`,
      'Answered counts what came within 2 s of the moment the request was due, retries included. Clients of the naive monolith repeat three times at once what was refused or failed; those of ours do as Retry-After says: not at all within the window.',
      'The naive monolith is ours without admission (ADMISSION_DELAY_MS=0), on the same database.',
      retries.note,
    ],
    tables: [table, retries.table],
    charts: [{ title, x: 'seconds', y: 'of the peak', logX: false, series }],
    bars: [
      ...mainTopologies.flatMap((name) => [
        bar(`${name}: goodput of the peak`, 'at least', 0.9, of('goodput')(name)),
        bar(`${name}: p99 let in`, 'at most', objective.p99Ms, of('admittedP99Ms')(name), 'ms'),
        bar(`${name}: p99 of a refusal`, 'at most', 10, of('refusedP99Ms')(name), 'ms'),
        bar(`${name}: refused without Retry-After`, 'at most', 0, of('withoutRetryAfter')(name), ''),
        bar(`${name}: back to normal`, 'at most', 2, of('backS')(name), 's'),
      ]),
      retries.bar,
    ],
    windows: [...windows, ...retries.windows],
  };
}

export const overloadPart: Part = {
  name: 'overload',
  title: 'Overload: three times as much as can be done',
  minutes: 6,
  run,
};
