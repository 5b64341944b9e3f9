import { setTimeout as delay } from 'node:timers/promises';
import { descendants, inspect, signal } from './processes.ts';
import { refuses } from './readiness.ts';
import type { Supervised } from './supervise.ts';
import type { Watchdog } from './watchdog.ts';

/** How long a fault may take to show, in milliseconds. */
const SEEN_WITHIN_MS = 2_000;

export interface Target {
  /** Unique among the targets. */
  name: string;
  process: Supervised;
  host?: string;
  port: number;
}

/** The faults that the driver can cause; each throws when it cannot be seen to have happened. */
export interface Faults {
  kill(target: Target): Promise<void>;
  /** Stops a process and its descendants. */
  pause(target: Target): Promise<void>;
  /** Throws too when the process did not stay paused in the meantime. */
  resume(target: Target): Promise<void>;
  /** Lets everything that is paused go on, so that it can be stopped in order. */
  letGo(): void;
}

/** @param watchdog is told to let paused descendants go on, so that they end when we do */
export function createFaults(watchdog?: Watchdog): Faults {
  const paused = new Map<string, number[]>();
  return {
    async kill({ name, process, host, port }) {
      const pid = pidOf(name, process);
      await process.kill();
      for (const child of paused.get(name)?.slice(1) ?? []) watchdog?.forget(child);
      paused.delete(name);
      await seen(`${name} (pid ${pid}) to be gone`, async () => !(await inspect(pid)));
      await seen(`port ${port} of ${name} to refuse connections`, () => refuses(port, host));
    },
    async pause({ name, process }) {
      const pid = pidOf(name, process);
      signal(pid, 'SIGSTOP');
      await seen(`${name} (pid ${pid}) to be stopped`, () => isStopped(pid));
      const children = await descendants(pid); // their number cannot grow any more
      for (const child of children) {
        watchdog?.watch(child, 'SIGCONT');
        signal(child, 'SIGSTOP');
      }
      for (const child of children)
        await seen(`a child of ${name} to be stopped`, () => isStoppedOrGone(child));
      paused.set(name, [pid, ...children]);
    },
    async resume({ name, process }) {
      const pid = pidOf(name, process);
      const [first, ...children] = paused.get(name) ?? [];
      const stayed = first === pid && (await isStopped(pid));
      paused.delete(name);
      for (const child of children) {
        signal(child, 'SIGCONT');
        watchdog?.forget(child);
      }
      signal(pid, 'SIGCONT');
      if (!stayed) throw new Error(`${name} did not stay paused`);
      await seen(`${name} (pid ${pid}) to go on`, async () => !(await isStopped(pid)));
    },
    letGo() {
      for (const pid of [...paused.values()].flat()) signal(pid, 'SIGCONT');
      paused.clear();
    },
  };
}

function pidOf(name: string, process: Supervised): number {
  const pid = process.pid();
  if (pid === undefined) throw new Error(`${name} is not running`);
  return pid;
}

async function isStopped(pid: number): Promise<boolean> {
  return (await inspect(pid))?.state === 'T';
}

/** What gets SIGSTOP while it ends goes on to its end. */
async function isStoppedOrGone(pid: number): Promise<boolean> {
  const state = (await inspect(pid))?.state;
  return state === undefined || state === 'T';
}

async function seen(what: string, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + SEEN_WITHIN_MS;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`expected ${what} within ${SEEN_WITHIN_MS} ms`);
    await delay(5);
  }
}
