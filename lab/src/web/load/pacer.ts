import type { Topology } from '../../environments/environment.ts';
import type { TopologySecond } from '../messages.ts';
import { createTarget } from './target.ts';

/** Requests a second to each topology that the slider goes up to. */
export const highestRate = 400;

const TICK_MS = 10;
/** What is due after a longer standstill of this process is not made up for. */
const MOST_BEHIND_MS = 200;

/** Sends the same requests at the same time to every topology, at a rate that does not depend on the answers. */
export interface Pacer {
  /**
   * Changes the rate, in requests a second to each topology; 0 ends the load.
   * @throws Error when a topology does not answer as it should before the load begins
   */
  set(rate: number): Promise<void>;
  rate(): number;
  /** What has ended since the last time. */
  take(): TopologySecond[];
  close(): void;
}

export function createPacer(baseUrls: ReadonlyMap<Topology, string>): Pacer {
  const targets = [...baseUrls].map(([topology, baseUrl]) => createTarget(topology, baseUrl));
  let rate = 0;
  let timer: NodeJS.Timeout | undefined;
  let last = 0;
  let owed = 0;

  const tick = (): void => {
    const now = performance.now();
    owed += (Math.min(now - last, MOST_BEHIND_MS) * rate) / 1_000;
    last = now;
    for (; owed >= 1; owed -= 1) for (const target of targets) target.next();
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };

  return {
    async set(wanted) {
      if (wanted > 0) await Promise.all(targets.map((target) => target.prepare()));
      rate = wanted;
      if (rate === 0) return stop();
      if (timer) return;
      last = performance.now();
      owed = 0;
      timer = setInterval(tick, TICK_MS);
    },
    rate: () => rate,
    take: () => targets.map((target) => target.take()),
    close() {
      stop();
      for (const target of targets) target.close();
    },
  };
}
