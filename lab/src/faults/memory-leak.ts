import { setTimeout } from 'node:timers/promises';
import { type Active, atOnce, type Fault, NotSeen, type Target } from './fault.ts';
import { pidsOf } from './replicas.ts';

const mebibyte = 2 ** 20;
/** Fills a budget of 1 GiB in a few seconds, and a smaller one sooner: the code, and so its leak, is the same. */
const bytesPerSecond = 300 * mebibyte;
/** How soon a process that is back is made to leak again. */
const lookEveryMs = 500;

/** Makes every process leak, and every one that comes in place of one that has died. */
const keepLeaking = ({ deployment, module }: Target) => {
  const service = deployment.serving(module);
  const leaking = new Set<number>();
  const stopped = new AbortController();
  let unasked = '';
  const arm = async (): Promise<void> => {
    const pids = await pidsOf(deployment, service);
    if (pids.length === 0 || pids.every((pid) => leaking.has(pid))) return;
    await deployment.control(service, 'POST', '/faults/leak', { bytesPerSecond });
    for (const pid of pids) leaking.add(pid);
  };
  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      // One that dies, or is not up yet, cannot be asked; it is at the next look. A fault that was not seen says why.
      await arm().catch((error: unknown) => {
        unasked = `; last not asked: ${String(error)}`;
      });
      await setTimeout(lookEveryMs, undefined, { signal: stopped.signal }).catch(() => undefined); // told to stop
    }
  };
  return { leaking, arm, loop, stop: () => stopped.abort(), unasked: () => unasked };
};

/** All processes up, and none of them leaks: one that started in between never heard of it. */
const undo = async ({ deployment, module }: Target): Promise<void> => {
  const service = deployment.serving(module);
  // One that dies just now cannot answer, and needs no undoing.
  await deployment.control(service, 'DELETE', '/faults').catch(() => undefined);
  await deployment.restore(service);
  await deployment.control(service, 'DELETE', '/faults');
};

const start = async (target: Target): Promise<Active> => {
  const { deployment, module, signal } = target;
  const service = deployment.serving(module);
  const { leaking, arm, loop, stop, unasked } = keepLeaking(target);
  await arm();
  const first = new Set(leaking);
  const looping = loop();
  signal.addEventListener('abort', stop, { once: true });
  const countDied = async (): Promise<number> => {
    const left = new Set(await pidsOf(deployment, service));
    return [...first].filter((pid) => !left.has(pid)).length;
  };
  return {
    evidence: `${bytesPerSecond / mebibyte} MiB a second kept in ${first.size} processes of ${service}`,
    check: async () => 'leaking',
    async remove() {
      stop();
      const died = await countDied();
      await looping;
      await undo(target);
      if (died === 0) throw new NotSeen(`no process of ${service} reached its limit${unasked()}`);
      return `${died} of them had reached their limit`;
    },
  };
};

export const memoryLeak: Fault = {
  name: 'memory-leak',
  label: 'leaking memory',
  how: `its processes keep ${bytesPerSecond / mebibyte} MiB more each second until a limit ends them, start again, and leak again`,
  countsFrom: 'seen',
  leadSeconds: atOnce,
  startsAnew: true,
  apply: start,
};
