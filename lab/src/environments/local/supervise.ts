import { CannotStart } from '../cannot-start.ts';
import { type Command, describeExit, type Exit, type Household, launch, type Running } from './launch.ts';
import { lastLines, sizeOf } from './log-file.ts';
import { descendants, signal } from './processes.ts';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;
/** Up for as long, and the next restart is a quick one again. */
const SETTLED_MS = 10_000;
/** How long a component may take to become ready, unless it is told. */
const READY_MS = 30_000;

/** A process to keep running. */
export interface ProcessSpec extends Household {
  name: string;
  command: () => Command;
  /** Looks whether the process is ready; asked again until it is. */
  isReady: (pid: number) => Promise<boolean>;
  /** How long an orderly stop may take before SIGKILL, in milliseconds. */
  graceMs: number;
  /** Told in one sentence when the process ended unasked. */
  report: (sentence: string) => void;
}

/** A process that is started again whenever it ends unasked, as an orchestrator would. */
export interface Supervised {
  pid(): number | undefined;
  /** Starts it and resolves when it is ready, in time. @throws CannotStart with the last lines of its log */
  start(withinMs?: number): Promise<void>;
  isReady(): Promise<boolean>;
  /** Stops it in order, even while it is stopped by SIGSTOP, by SIGKILL after the grace; it stays down. */
  stop(): Promise<void>;
  /** SIGKILL; it stays down. */
  kill(): Promise<void>;
}

/** Supervises one process; nothing is started yet. */
export function supervise(spec: ProcessSpec): Supervised {
  let running: Running | undefined;
  let intent: 'down' | 'starting' | 'up' = 'down';
  let delayMs = FIRST_DELAY_MS;
  let timer: NodeJS.Timeout | undefined;

  function run(): Running {
    const started = launch(spec.command(), spec);
    const since = Date.now();
    running = started;
    void started.exited.then((exit) => {
      running = undefined;
      if (Date.now() - since >= SETTLED_MS) delayMs = FIRST_DELAY_MS;
      if (intent === 'up') runLater(exit);
    });
    return started;
  }

  function runLater(exit: Exit): void {
    spec.report(`${spec.name} ended (${describeExit(exit)}): started again in ${delayMs} ms.`);
    timer = setTimeout(runAgain, delayMs);
    delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
  }

  function runAgain(): void {
    try {
      run();
    } catch (error) {
      spec.report(`${spec.name}: ${String(error)}`); // out of processes or of memory, perhaps: try again
      runLater({ code: null, signal: null });
    }
  }

  function giveUp(): void {
    intent = 'down';
    delayMs = FIRST_DELAY_MS;
    clearTimeout(timer);
  }

  async function kill(): Promise<void> {
    giveUp();
    if (running) await killAll(running);
  }

  return {
    pid: () => running?.pid,
    isReady: async () => running !== undefined && spec.isReady(running.pid),
    async start(withinMs = READY_MS) {
      if (running) throw new Error(`${spec.name} is running already`);
      giveUp(); // it may have been about to start again by itself
      const logged = sizeOf(spec.logFile);
      intent = 'starting';
      const failure = await failureToStart(run(), spec, withinMs);
      if (intent !== 'starting') throw new CannotStart(`${spec.name} was stopped while it started.`);
      if (failure) {
        await kill();
        throw new CannotStart(`${spec.name} did not start: ${failure}.${lastLines(spec.logFile, logged)}`);
      }
      intent = 'up';
    },
    async stop() {
      giveUp();
      if (!running) return;
      const { pid, exited } = running;
      signal(pid, spec.stopSignal);
      signal(pid, 'SIGCONT'); // a stopped process sees no other signal before this one
      if (!(await within(exited, spec.graceMs)) && running) await killAll(running);
    },
    kill,
  };
}

/** Waits until the process is ready; otherwise why it is not, in words. */
async function failureToStart(
  { pid, exited }: Running,
  spec: ProcessSpec,
  withinMs: number,
): Promise<string | undefined> {
  let exit: Exit | undefined;
  void exited.then((seen) => {
    exit = seen;
  });
  const deadline = Date.now() + withinMs;
  while (!(await spec.isReady(pid)) || exit) {
    if (exit) return describeExit(exit);
    if (Date.now() > deadline) return `it was not ready within ${withinMs / 1000} s`;
    await within(exited, 20);
  }
  return undefined;
}

/** Ends a process and its descendants: PostgreSQL's own children do not end by themselves while stopped. */
async function killAll({ pid, exited }: Running): Promise<void> {
  const children = await descendants(pid);
  signal(pid, 'SIGKILL');
  for (const child of children) signal(child, 'SIGKILL');
  await exited;
}

/** Whether a promise settles within a number of milliseconds. */
async function within(settling: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, ms, false);
  void settling.then(() => resolve(true));
  const settled = await promise;
  clearTimeout(timer);
  return settled;
}
