// CPU time of another process, from the kernel's accounting.
import { statFields } from '../environments/local/processes.ts';

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

/** Follows a process until told to stop; the figure misses at most what was used since the last look. */
export const followCpu = (pid: () => Promise<number | undefined>) => {
  let last: number | null = null;
  const look = async (): Promise<void> => {
    const known = await pid();
    if (known !== undefined) last = (await processCpuSeconds(known)) ?? last;
  };
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const watch = async (): Promise<void> => {
    await look();
    if (!stopped) timer = setTimeout(watch, POLL_MS);
  };
  void watch();
  return {
    stop(): number | null {
      stopped = true;
      clearTimeout(timer);
      return last;
    },
  };
};
