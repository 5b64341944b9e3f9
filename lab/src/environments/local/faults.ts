import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../driver.ts';
import { inspect, signal } from './processes.ts';
import { refuses } from './readiness.ts';
import type { Supervised } from './supervise.ts';

/** How long a fault may take to show, in milliseconds. */
const SEEN_WITHIN_MS = 2_000;

export interface Target {
  name: Service;
  process: Supervised;
  port: number;
}

/** The faults that the driver can cause; each throws when it cannot be seen to have happened. */
export interface Faults {
  kill(target: Target): Promise<void>;
  pause(target: Target): Promise<void>;
  /** Throws too when the process did not stay paused in the meantime. */
  resume(target: Target): Promise<void>;
}

export function createFaults(): Faults {
  const paused = new Map<Service, number>();
  return {
    async kill({ name, process, port }) {
      const pid = pidOf(name, process);
      await process.kill();
      paused.delete(name);
      await seen(`${name} (pid ${pid}) to be gone`, async () => !(await inspect(pid)));
      await seen(`port ${port} of ${name} to refuse connections`, () => refuses(port));
    },
    async pause({ name, process }) {
      const pid = pidOf(name, process);
      signal(pid, 'SIGSTOP');
      await seen(`${name} (pid ${pid}) to be stopped`, () => isStopped(pid));
      paused.set(name, pid);
    },
    async resume({ name, process }) {
      const pid = pidOf(name, process);
      const stayed = paused.get(name) === pid && (await isStopped(pid));
      paused.delete(name);
      signal(pid, 'SIGCONT');
      if (!stayed) throw new Error(`${name} did not stay paused`);
      await seen(`${name} (pid ${pid}) to go on`, async () => !(await isStopped(pid)));
    },
  };
}

function pidOf(name: Service, process: Supervised): number {
  const pid = process.pid();
  if (pid === undefined) throw new Error(`${name} is not running`);
  return pid;
}

async function isStopped(pid: number): Promise<boolean> {
  return (await inspect(pid))?.state === 'T';
}

async function seen(what: string, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + SEEN_WITHIN_MS;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`expected ${what} within ${SEEN_WITHIN_MS} ms`);
    await delay(5);
  }
}
