// CPU time of another process, and how long it had to wait for it, from the kernel's accounting.
import { statFields } from '../environments/local/processes.ts';
import { type Scheduling, schedulingFollower } from './scheduling.ts';

/** Linux counts in hundredths of a second for user space, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
const POLL_MS = 250;

/** User and system time of a process so far, in seconds; null where there is no /proc or no such process. */
export const processCpuSeconds = async (pid: number): Promise<number | null> => {
  const fields = await statFields(pid);
  if (fields === undefined) return null;
  // utime and stime of proc_pid_stat(5)
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
};

type Look = { atMs: number; cpuSeconds: number; scheduling: Scheduling | null };

/** What a process used: since its start, and from the moment on that `begin` was called at. */
export type CpuUse = {
  /** Null where the system does not tell, as all of these. */
  cpuSeconds: number | null;
  /** CPU seconds a second. */
  cores: number | null;
  /** Of the time in which its threads wanted a CPU, the share in which they had none. */
  waitShare: number | null;
};

const between = (first: Look | undefined, last: Look | undefined): Omit<CpuUse, 'cpuSeconds'> => {
  if (!first || !last || last.atMs <= first.atMs) return { cores: null, waitShare: null };
  const cores = (1000 * (last.cpuSeconds - first.cpuSeconds)) / (last.atMs - first.atMs);
  if (!first.scheduling || !last.scheduling) return { cores, waitShare: null };
  const ran = last.scheduling.ran - first.scheduling.ran;
  const waited = last.scheduling.waited - first.scheduling.waited;
  return { cores, waitShare: ran > 0 ? waited / (ran + waited) : null };
};

/** Follows a process until told to stop; the figures miss at most what was used since the last look. */
export const followCpu = (pid: () => Promise<number | undefined>) => {
  const schedulingOf = schedulingFollower();
  let hasBegun = false;
  let first: Look | undefined;
  let last: Look | undefined;
  const look = async (): Promise<void> => {
    const known = await pid();
    if (known === undefined) return;
    const [cpuSeconds, scheduling] = await Promise.all([processCpuSeconds(known), schedulingOf(known)]);
    if (cpuSeconds === null) return;
    last = { atMs: performance.now(), cpuSeconds, scheduling };
    if (hasBegun) first ??= last;
  };
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const watch = async (): Promise<void> => {
    await look();
    if (!stopped) timer = setTimeout(watch, POLL_MS);
  };
  void watch();
  const use = (): CpuUse => ({ cpuSeconds: last?.cpuSeconds ?? null, ...between(first, last) });
  return {
    begin(): void {
      hasBegun = true;
    },
    use,
    stop(): CpuUse {
      stopped = true;
      clearTimeout(timer);
      return use();
    },
  };
};
