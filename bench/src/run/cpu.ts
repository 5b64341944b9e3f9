import { CannotStart } from '../../../lab/src/environments/cannot-start.ts';
import { children } from '../../../lab/src/environments/local/processes.ts';
import { schedulingFollower } from '../../../lab/src/generator/scheduling.ts';

/** Process ids by component. */
export type Components = Readonly<Record<string, number>>;

const NEEDS = 'CPU time of processes is read from /proc/PID/task/*/schedstat: that needs Linux.';

/** CPU seconds so far of a process and its children; a reader's second look misses no thread that ended in between. */
const reader = (pid: number): (() => Promise<number>) => {
  const follow = schedulingFollower();
  return async () => {
    let ran: number | undefined;
    for (const one of [pid, ...(await children(pid))]) ran = (await follow(one))?.ran ?? ran;
    if (ran === undefined) throw new CannotStart(NEEDS);
    return ran;
  };
};

/** All CPU time, in seconds, that a process and its children have used since they began. @throws CannotStart */
export const cpuSoFar = (pid: number): Promise<number> => reader(pid)();

/**
 * Runs some work and tells the CPU time, in seconds, that each component used meanwhile: user and system time of its
 * threads and of its children's, by the kernel's scheduler, in nanoseconds.
 * @throws CannotStart where there is no such accounting (it is Linux's)
 */
export async function cpuDuring<T>(
  components: Components,
  work: () => Promise<T>,
): Promise<{ cpuSeconds: Record<string, number>; result: T }> {
  const readers = Object.entries(components).map(([name, pid]) => ({ name, read: reader(pid) }));
  const readAll = () => Promise.all(readers.map(({ read }) => read()));
  const before = await readAll();
  const result = await work();
  const after = await readAll();
  const used = readers.map(({ name }, index) => [name, (after[index] ?? 0) - (before[index] ?? 0)]);
  return { cpuSeconds: Object.fromEntries(used), result };
}
