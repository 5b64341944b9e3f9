// What the split costs: the same forum whole and in parts, on the same machine.
import type { Part } from '../../part.ts';
import { bar, comparisonOf, cpuMicros, measured, p99, throughput } from '../../run/figures.ts';
import type { Forum } from '../../run/forum.ts';
import type { Ground } from '../../run/ground.ts';
import { highestRates } from '../../run/highest-rate.ts';
import { discussion, newPost, oneUser, reads, writeQuestions } from '../../run/questions.ts';
import { loadInRounds, type Target } from '../../run/window.ts';
import { nginxCommand } from '../gateway/edges.ts';
import { whereItGoes } from './where-it-goes.ts';

const posts = 10_000;
const atRate = `${discussion}, 200 requests/s at random moments`;
const [monolith, split, behindNginx] = ['monolith', 'microservices', 'microservices, nginx'] as const;

/** The services behind nginx instead of our gateway. */
async function startNginx({ serve, program, folder }: Ground, forum: Forum): Promise<Target> {
  const modules = ['users', 'threads', 'posts'] as const;
  const routes = modules.map((name) => ({ prefix: `/api/${name}`, name, port: forum.port(name) }));
  const nginx = await program('nginx');
  const { pid, origin } = await serve({
    name: 'nginx',
    command: (ports) => nginxCommand(nginx, folder, ports.port, routes),
  });
  const { gateway: _, ...services } = forum.topology(split).components;
  return { name: behindNginx, origin, components: { nginx: pid, ...services } };
}

async function run(ground: Ground) {
  const forum = await ground.forum(posts);
  const targets = [forum.topology(monolith), forum.topology(split), await startNginx(ground, forum)];
  const file = await writeQuestions(ground, posts);
  const seconds = ground.quick ? 1 : 2;
  const loads = [
    { measure: reads, targets, pathsFile: file(reads), seconds },
    { measure: discussion, targets, pathsFile: file(discussion), seconds },
    { measure: atRate, targets, pathsFile: file(discussion), seconds, rate: 200, warmUp: false },
    { measure: oneUser, targets, pathsFile: file(oneUser), seconds: 1 },
    { measure: newPost, targets, pathsFile: file(newPost), seconds: 1 }, // last: it adds rows
  ];
  const windows = await loadInRounds(ground, loads);
  const saturated = windows.filter(({ measure }) => measure === reads);
  const highest = await highestRates(ground, targets, file(reads), saturated);
  const profiles = await whereItGoes(ground, forum, file, windows, [reads, discussion]);
  const [read, discuss] = [measured(windows, reads), measured(windows, discussion)];
  const latency = measured(windows, atRate).ratio(split, monolith, p99);
  return {
    notes: [
      `${posts} posts. Both topologies have twelve connections to their databases, and 1 GiB of heap in all.`,
      'CPU counts every process of a topology: services, databases, and the edge in front of them.',
      'The topologies share two cores with the generator, and no budget is enforced: CPU a request is the figure to compare; the throughput of one process is bounded by one core.',
      "Where it goes: a component's CPU a request, divided as V8's sampling profiler saw its main thread, in a run of its own; native functions count for what called them, helper threads in proportion.",
    ],
    tables: [
      ...loads.map(({ measure }) => comparisonOf(windows, measure, monolith)),
      highest.table,
      ...profiles,
    ],
    charts: [],
    bars: [
      bar('throughput of reads, our gateway', 'at least', 0.8, read.ratio(split, monolith, throughput)),
      bar('throughput of reads, nginx', 'at least', 0.8, read.ratio(behindNginx, monolith, throughput)),
      bar('CPU of reads, nginx', 'at most', 1.5, read.ratio(behindNginx, monolith, cpuMicros())),
      bar('CPU of reads, our gateway', 'at most', 2, read.ratio(split, monolith, cpuMicros())),
      bar('CPU of a discussion, our gateway', 'at most', 2, discuss.ratio(split, monolith, cpuMicros())),
      bar('p99 of a discussion at a fixed rate', 'at most', 1.5, latency),
    ],
    windows: [...windows, ...highest.windows],
  };
}

export const taxPart: Part = {
  name: 'tax',
  title: 'Decomposition tax: what the split costs',
  minutes: 6,
  run,
};
