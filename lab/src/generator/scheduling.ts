// How long the threads of another process had to wait for a CPU, from the kernel's accounting.
import { readdir, readFile } from 'node:fs/promises';
import { isGone } from '../environments/local/processes.ts';

/** Seconds that threads ran, and that they could have run and had no CPU. */
export type Scheduling = { ran: number; waited: number };

const unlessGone = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};

const ofThread = async (pid: number, thread: string): Promise<Scheduling | undefined> => {
  const text = await unlessGone(readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
  // nanoseconds on a CPU and on a run queue (Linux, Documentation/scheduler/sched-stats.rst)
  const [ran, waited] = (text ?? '').split(' ').map((field) => Number(field) / 1e9);
  return ran === undefined || waited === undefined ? undefined : { ran, waited };
};

/**
 * Sums over all threads that were seen, also those that have ended since.
 * @returns a function that looks at a process; null where the system does not tell
 */
export const schedulingFollower = (): ((pid: number) => Promise<Scheduling | null>) => {
  const threads = new Map<string, Scheduling>();
  const sum = (of: (each: Scheduling) => number): number =>
    [...threads.values()].reduce((all, each) => all + of(each), 0);
  return async (pid) => {
    const ids = (await unlessGone(readdir(`/proc/${pid}/task`))) ?? [];
    const found = await Promise.all(ids.map(async (id) => ({ id, now: await ofThread(pid, id) })));
    for (const { id, now } of found) if (now) threads.set(id, now);
    return threads.size === 0 ? null : { ran: sum(({ ran }) => ran), waited: sum(({ waited }) => waited) };
  };
};
