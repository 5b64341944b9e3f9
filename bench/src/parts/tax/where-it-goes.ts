import type { Table, Window } from '../../result.ts';
import { cpuMicros, measured, single, tableOf } from '../../run/figures.ts';
import type { Forum } from '../../run/forum.ts';
import type { Ground } from '../../run/ground.ts';
import { loadWindow } from '../../run/window.ts';
import { openInspector } from './inspector.ts';
import { sharesOf } from './profile.ts';

const processes = [
  { name: 'monolith', topology: 'monolith' },
  { name: 'gateway', topology: 'microservices' },
  { name: 'threads', topology: 'microservices' },
  { name: 'posts', topology: 'microservices' },
  { name: 'users', topology: 'microservices' },
] as const;

/** Microseconds a request by kind of work. */
type Split = ReadonlyMap<string, number>;

const total = (split: Split): number => [...split.values()].reduce((sum, micros) => sum + micros, 0);

const together = (splits: readonly Split[]): Split => {
  const all = new Map<string, number>();
  for (const [kind, micros] of splits.flatMap((split) => [...split]))
    all.set(kind, (all.get(kind) ?? 0) + micros);
  return all;
};

/** The shares of kinds of work in what each process does for each question, under the key `process question`. */
async function profiled(
  ground: Ground,
  forum: Forum,
  file: (question: string) => string,
  questions: readonly string[],
): Promise<Map<string, Split>> {
  const shares = new Map<string, Split>();
  ground.progress.begin('profiles', processes.length);
  for (const { name, topology } of processes) {
    ground.progress.step(name);
    const { ask, close } = await openInspector(forum.pid(name));
    await ask('Profiler.enable');
    await ask('Profiler.setSamplingInterval', { interval: 500 });
    for (const question of questions) {
      const load = { measure: 'profile', pathsFile: file(question), seconds: ground.quick ? 1 : 3 };
      await ask('Profiler.start');
      await loadWindow(ground, forum.topology(topology), load, 1);
      shares.set(`${name} ${question}`, sharesOf(await ask('Profiler.stop')));
    }
    await close();
  }
  return shares;
}

/** A table for each question: CPU a request by kind of work, in each process and in each topology as a whole. */
export async function whereItGoes(
  ground: Ground,
  forum: Forum,
  file: (question: string) => string,
  windows: readonly Window[],
  questions: readonly string[],
): Promise<Table[]> {
  const shares = await profiled(ground, forum, file, questions);
  return questions.map((question) => {
    const { median } = measured(windows, question);
    const [whole, ...parts] = processes.map(({ name, topology }) => {
      const cpu = (component: string) => median(topology, cpuMicros(component))?.value ?? 0;
      const own = [...(shares.get(`${name} ${question}`) ?? [])];
      const micros = own.map(([kind, share]): [string, number] => [kind, share * cpu(name)]);
      return { name, split: new Map([...micros, ['PostgreSQL', cpu(`${name}-db`)]]) };
    });
    const [monolith, microservices] = [whole?.split ?? new Map(), together(parts.map(({ split }) => split))];
    const inAll = together([monolith, microservices]);
    const kinds = ['all', ...inAll.keys()].toSorted(
      (a, b) => (inAll.get(b) ?? Infinity) - (inAll.get(a) ?? Infinity),
    );
    const columns = [
      { name: 'monolith', split: monolith },
      { name: 'microservices', split: microservices },
      ...parts,
    ].map(({ name, split }) => ({
      title: name,
      unit: 'µs',
      digits: 1,
      of: (kind: string) => single(kind === 'all' ? total(split) : (split.get(kind) ?? 0)),
    }));
    return tableOf(`Where the CPU of a request goes: ${question}`, kinds, columns);
  });
}
