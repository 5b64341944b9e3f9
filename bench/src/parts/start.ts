// How long each component takes from its start until it is ready, and what it keeps in memory when nobody asks.
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { readStats } from '../../../lab/src/environments/local/stats.ts';
import type { Part } from '../part.ts';
import { peerCommand } from '../peers/cache.ts';
import type { Window } from '../result.ts';
import { cpuSoFar } from '../run/cpu.ts';
import { bar, measured, tableOf, value } from '../run/figures.ts';
import type { Forum } from '../run/forum.ts';
import { type Ground, readyz, type Service } from '../run/ground.ts';
import { inRounds } from '../run/rounds.ts';

/** After which a component is taken to be idle. */
const idleMs = 1_500;
const components = ['monolith', 'gateway', 'users', 'threads', 'posts'] as const;
const mebibyte = 2 ** 20;

/** Each of our components as it runs now, and the stock stack for comparison. */
async function startables({ peers }: Ground, forum: Forum): Promise<Service[]> {
  const env = await forum.database('users');
  const copies = components.map(async (name) => ({
    name,
    command: await forum.copyOf(name),
    ready: readyz,
  }));
  const stock: Service = {
    name: 'koa + kysely + pg',
    command: ({ port }) => peerCommand(peers, 'stock.js', port, env),
  };
  return [...(await Promise.all(copies)), stock];
}

async function startOnce({ serve }: Ground, service: Service, round: number): Promise<Window> {
  const { pid, startedMs, stop } = await serve(service);
  const start = await cpuSoFar(pid);
  await delay(idleMs);
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  const ownMiB = ((await readStats(pid))?.memoryBytes ?? 0) / mebibyte;
  await stop();
  return {
    target: service.name,
    measure: 'start',
    round,
    requests: 1,
    failed: 0,
    seconds: startedMs / 1_000,
    cpuSeconds: { start },
    values: { readyMs: startedMs, cpuMs: start * 1_000, residentMiB: Number(resident) / 1_024, ownMiB },
  };
}

async function run(ground: Ground) {
  const forum = await ground.forum(1_000);
  const services = await startables(ground, forum);
  const start = (service: Service, round: number) => startOnce(ground, service, round);
  const windows = await inRounds(ground, 'starts', services, start, { warmUp: false });
  const { targets, median } = measured(windows);
  const of = (figure: string) => (name: string) => median(name, value(figure));
  return {
    notes: [
      'A second copy of a component that runs, with its command and environment, beside it; ready is the first 200 of its readiness probe, asked every 20 ms. The stock stack is ready at its first answer.',
      `Idle memory is that of ${idleMs / 1_000} s later: resident is what \`ps\` shows, Node's own program and libraries included.`,
      'The sources are in the cache of the file system; no compile cache of Node is used but what a component asks for itself.',
    ],
    tables: [
      tableOf('From the start of a process to its first sign of readiness', targets, [
        { title: 'ready after', unit: 'ms', digits: 0, of: of('readyMs') },
        { title: 'CPU until ready', unit: 'ms', digits: 0, of: of('cpuMs') },
        { title: 'idle, resident', unit: 'MiB', digits: 0, of: of('residentMiB') },
        { title: 'idle, of its own', unit: 'MiB', digits: 0, of: of('ownMiB') },
      ]),
    ],
    charts: [],
    bars: components.flatMap((name) => [
      bar(`${name}: ready after`, 'at most', 500, of('readyMs')(name), 'ms'),
      bar(`${name}: idle, resident memory`, 'at most', 90, of('residentMiB')(name), 'MiB'),
    ]),
    windows,
  };
}

export const startPart: Part = { name: 'start', title: 'Start to ready, and idle memory', minutes: 3, run };
