import { setTimeout } from 'node:timers/promises';
import { type Active, atOnce, type Fault, NotSeen, type Target } from './fault.ts';
import { pidsOf } from './replicas.ts';

/** Fills a budget of 1 GiB in a few seconds, and a smaller one sooner: the code, and so its leak, is the same. */
const bytesPerSecond = 200 * 2 ** 20;
/** A process that is back has a good part of a second without the leak at most. */
const rearmMs = 300;

/** Leaks in every process that is up, again and again, since one that has died is back without a leak. */
const keepLeaking = ({ deployment, module }: Target) => {
  const service = deployment.serving(module);
  const stop = new AbortController();
  const pids = new Set<number>();
  let last: unknown = 'never asked for';
  const arm = async (): Promise<void> => {
    for (const pid of await pidsOf(deployment, service)) pids.add(pid);
    last = await deployment.control(service, 'POST', '/faults/leak', { bytesPerSecond }).then(
      () => undefined,
      (error: unknown) => error, // some process is down just now, which is what a leak is for
    );
  };
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await arm();
      await setTimeout(rearmMs, undefined, { signal: stop.signal }).catch(() => undefined); // told to stop
    }
  };
  return { arm, loop, stop: () => stop.abort(), pids, lastError: () => last };
};

const start = async (target: Target): Promise<Active> => {
  const { deployment, module, signal } = target;
  const service = deployment.serving(module);
  const leak = keepLeaking(target);
  await leak.arm();
  const error = leak.lastError();
  if (error !== undefined) throw error;
  const atFirst = leak.pids.size;
  const looping = leak.loop();
  signal.addEventListener('abort', leak.stop, { once: true });
  return {
    evidence: `${bytesPerSecond / 2 ** 20} MiB a second kept in ${atFirst} processes of ${service}`,
    async check() {
      for (const pid of await pidsOf(deployment, service)) leak.pids.add(pid);
      const died = leak.pids.size - atFirst;
      const running = (await pidsOf(deployment, service)).length;
      if (died === 0 && running >= atFirst) throw new NotSeen(`no process of ${service} reached its limit`);
      return `processes that reached their limit: ${died + Math.max(0, atFirst - running)}`;
    },
    async remove() {
      leak.stop();
      await looping;
      await undo(target);
    },
  };
};

/** Asks until every process is up and has heard that it is over; throws the last failure after 20 s. */
const undo = async ({ deployment, module }: Target): Promise<void> => {
  const service = deployment.serving(module);
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await deployment.control(service, 'DELETE', '/faults');
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await setTimeout(rearmMs);
  }
};

export const memoryLeak: Fault = {
  name: 'memory-leak',
  label: 'leaking memory',
  how: `its processes keep ${bytesPerSecond / 2 ** 20} MiB more each second until a limit ends them, start again, and leak again`,
  countsFrom: 'order',
  leadSeconds: atOnce,
  startsAnew: true,
  apply: start,
};
