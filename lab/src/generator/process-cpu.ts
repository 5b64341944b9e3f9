// CPU time of another process, from the kernel's accounting.
import { readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second for user space, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
const POLL_MS = 250;

/** User and system time of a process so far, in seconds; null where there is no /proc or no such process. */
export const processCpuSeconds = async (pid: number): Promise<number | null> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The second field is the name in brackets and may hold spaces; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
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
