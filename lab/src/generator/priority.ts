// What is measured must not keep waiting what measures it: in real time (round robin, at the lowest priority) k6 waits
// for a CPU 0.1 of the time in which it wants one where two cores have eight takers; niced to -15 it was 0.7.
const FIRST = 'chrt --rr --pid 1 $$ >/dev/null 2>&1 || renice -n -15 -p $$ >/dev/null 2>&1; exec "$0" "$@"';

/**
 * A command line that runs a program before all others in priority. Only root may, and only Linux has chrt; else it is
 * the program itself, which runs like everything else.
 */
export const withPriority = (file: string, args: string[]): [string, string[]] =>
  process.getuid?.() === 0 ? ['/bin/sh', ['-c', FIRST, file, ...args]] : [file, args];
