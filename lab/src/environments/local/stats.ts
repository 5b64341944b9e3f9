import { readFile } from 'node:fs/promises';
import { children, isGone, statFields } from './processes.ts';

/** The kernel's unit of CPU time in /proc: USER_HZ is 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** What a process and its children use, and have used since it began. */
export interface Stats {
  /** User and system time. */
  cpuSeconds: number;
  /**
   * Memory of its own: heaps and stacks, and PostgreSQL's shared buffers once. What is mapped from files is left
   * out: a program's text is in memory once, however many processes run it.
   */
  memoryBytes: number;
}

/** Reads what a process and its children have used; undefined where there is no /proc, or no process. */
export async function readStats(pid: number): Promise<Stats | undefined> {
  if (process.platform !== 'linux') return undefined;
  if (!(await statFields(pid))) return undefined;
  const pids = [pid, ...(await children(pid))];
  const cpu = await Promise.all(pids.map(cpuSeconds));
  const memory = await Promise.all(pids.map(residentBytes));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const shared = Math.max(...memory.map((each) => each.shared));
  return { cpuSeconds: sum(cpu), memoryBytes: shared + sum(memory.map((each) => each.own)) };
}

/** With that of children that have ended (utime, stime, cutime and cstime of proc_pid_stat(5)). */
async function cpuSeconds(pid: number): Promise<number> {
  const fields = (await statFields(pid)) ?? [];
  return fields.slice(11, 15).reduce((total, ticks) => total + Number(ticks), 0) / TICKS_PER_SECOND;
}

/** RssAnon and RssShmem of proc_pid_status(5): counters, where smaps would walk the pages of each process. */
async function residentBytes(pid: number): Promise<{ own: number; shared: number }> {
  try {
    const text = await readFile(`/proc/${pid}/status`, 'utf8');
    const bytes = (field: string) =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0) * 1_024;
    return { own: bytes('RssAnon'), shared: bytes('RssShmem') };
  } catch (error) {
    if (isGone(error)) return { own: 0, shared: 0 };
    throw error;
  }
}
