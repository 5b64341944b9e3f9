import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

// Reads "watch PID SIGNAL" and "forget PID" until "done". The end of its input means that whoever held the
// other end is gone, however that came about: it then ends what is still watched, and removes the folder.
const SCRIPT = `
alive() {
  kill -0 "$1" || return 1
  [ -r "/proc/$1/stat" ] || return 0
  read -r stat < "/proc/$1/stat" || return 1
  case \${stat##*) } in Z*) return 1 ;; esac # has ended; whoever inherited it has yet to take note
}
watched=
while read -r verb pid signal; do
  case $verb in
    watch) watched="$watched $pid:$signal" ;;
    forget)
      kept=
      for entry in $watched; do [ "\${entry%:*}" = "$pid" ] || kept="$kept $entry"; done
      watched=$kept ;;
    done) exit 0 ;;
  esac
done
for entry in $watched; do
  kill -s "\${entry#*:}" "\${entry%:*}"
  kill -s CONT "\${entry%:*}"
done
tries=0
for entry in $watched; do
  while alive "\${entry%:*}" && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
  kill -s KILL "\${entry%:*}"
done
tries=0
while [ -n "$1" ] && [ -e "$1" ] && [ $tries -lt 50 ]; do rm -rf -- "$1" || sleep 0.1; tries=$((tries + 1)); done
`;

/** Ends processes on behalf of this one when it can no longer do so itself. */
export interface Watchdog {
  /**
   * Its input. A child that is given this, too, announces itself before it becomes what it is to be, by the
   * line "watch PID SIGNAL": so there is no moment at which our end would leave it unwatched.
   */
  input: Writable;
  /** Sends a process this signal, and SIGKILL if it does not end, when we are gone. */
  watch(pid: number, signal: NodeJS.Signals): void;
  forget(pid: number): void;
  /** Sends the watchdog away; nothing is ended or removed. */
  close(): Promise<void>;
}

/**
 * Starts a small detached process that learns of this one's end, SIGKILL included, by a pipe.
 * @param removeFolder a folder to remove after the processes have ended
 */
export function startWatchdog(removeFolder?: string): Watchdog {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'cleave-watchdog', removeFolder ?? ''], {
    detached: true, // a signal to our process group must not reach it
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // Somebody may end the watchdog itself; what it would have done is still done by an orderly stop.
  child.stdin.on('error', () => undefined);
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return {
    input: child.stdin,
    watch: (pid, signal) => child.stdin.write(`watch ${pid} ${signal.slice(3)}\n`),
    forget: (pid) => child.stdin.write(`forget ${pid}\n`),
    async close() {
      child.stdin.end('done\n');
      child.ref();
      await ended;
    },
  };
}
