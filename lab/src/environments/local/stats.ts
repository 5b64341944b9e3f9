import { readFile } from 'node:fs/promises';
import { isGone, statFields } from './processes.ts';

/** The kernel's unit of CPU time in /proc: USER_HZ is 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** What a process and its descendants use, and have used since it began. */
export interface Stats {
  /** User and system time. */
  cpuSeconds: number;
  /** What several processes share is counted once (proportional set size). */
  memoryBytes: number;
}

/** Reads what a process and these descendants have used; undefined where there is no /proc, or no process. */
export async function readStats(pid: number, children: readonly number[]): Promise<Stats | undefined> {
  if (process.platform !== 'linux') return undefined;
  if (!(await statFields(pid))) return undefined;
  const cpu = await Promise.all([pid, ...children].map(cpuSeconds));
  const memory = await Promise.all([pid, ...children].map(proportionalBytes));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return { cpuSeconds: sum(cpu), memoryBytes: sum(memory) };
}

/** With that of children that have ended (utime, stime, cutime and cstime of proc_pid_stat(5)). */
async function cpuSeconds(pid: number): Promise<number> {
  const fields = (await statFields(pid)) ?? [];
  return fields.slice(11, 15).reduce((total, ticks) => total + Number(ticks), 0) / TICKS_PER_SECOND;
}

async function proportionalBytes(pid: number): Promise<number> {
  try {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1_024;
  } catch (error) {
    if (isGone(error)) return 0;
    throw error;
  }
}
