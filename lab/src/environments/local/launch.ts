import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { CannotStart } from '../cannot-start.ts';
import { inheritedEnv } from './config.ts';
import { lastLines, sizeOf } from './log-file.ts';
import { signal as send } from './processes.ts';
import type { Watchdog } from './watchdog.ts';

// The shell has the child's pid until the child takes its place, and the watchdog's input only until then.
const ANNOUNCED = '( echo "watch $$ $1" >&3 ) 2> /dev/null; shift; exec "$@" 3>&-';

/** A command line with its whole environment: nothing is inherited but PATH. */
export interface Command {
  file: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A child process that was started. `exited` never rejects. */
export interface Running {
  pid: number;
  exited: Promise<Exit>;
}

/** Where a child's output goes, who ends it should we be gone, and the signal that stops it in order. */
export interface Household {
  logFile: string;
  watchdog: Watchdog;
  stopSignal: NodeJS.Signals;
}

/**
 * Starts a child in a session of its own: a signal to our process group (Ctrl-C) reaches only us, and we
 * stop the children in order. Its output is appended to the log file.
 * @throws Error when the system cannot start it
 */
export function launch(command: Command, { logFile, watchdog, stopSignal }: Household): Running {
  const log = openSync(logFile, 'a', 0o600);
  try {
    const announced = ['-c', ANNOUNCED, 'sh', stopSignal.slice(3), command.file, ...command.args];
    const child = spawn('/bin/sh', announced, {
      cwd: '/',
      env: { ...inheritedEnv(), ...command.env },
      stdio: ['ignore', log, log, watchdog.input],
      detached: true,
    });
    const exited = new Promise<Exit>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
      child.once('error', () => resolve({ code: null, signal: null }));
    });
    const { pid } = child;
    if (pid === undefined) throw new Error(`the system cannot start ${command.file}`);
    void exited.then(() => watchdog.forget(pid));
    return { pid, exited };
  } finally {
    closeSync(log);
  }
}

/**
 * Runs a command to its end.
 * @throws CannotStart with the last lines of its output when it fails, or the signal's reason when aborted
 */
export async function runToEnd(
  title: string,
  command: Command,
  household: Household,
  abort: AbortSignal,
): Promise<void> {
  abort.throwIfAborted();
  const before = sizeOf(household.logFile);
  const { pid, exited } = launch(command, household);
  const end = () => send(pid, household.stopSignal);
  abort.addEventListener('abort', end);
  const exit = await exited;
  abort.removeEventListener('abort', end);
  abort.throwIfAborted();
  if (exit.code === 0) return;
  throw new CannotStart(`${title} failed (${describeExit(exit)}).${lastLines(household.logFile, before)}`);
}

/** How a process ended, in words. */
export function describeExit({ code, signal }: Exit): string {
  if (signal) return signal;
  return code === null ? 'it could not be started' : `exit code ${code}`;
}
