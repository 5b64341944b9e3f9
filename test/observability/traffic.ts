// Some of everything, a few requests a second: reads, writes, what is not there, and clients that leave.
import { setTimeout as wait } from 'node:timers/promises';

const everyMs = 100;
const reads = [
  '/api/users',
  '/api/users/1',
  '/api/threads',
  '/api/threads/1',
  '/api/threads/1/discussion',
  '/api/posts/in-thread/1',
  '/api/posts/by-user/1',
  '/api/users/1000000',
];

export interface Traffic {
  /** Resolves when nothing is on the way any more. */
  stop(): Promise<void>;
}

/** Sends requests to each of these entrances until it is stopped. What they answer is for Prometheus to tell. */
export function startTraffic(entrances: string[]): Traffic {
  const end = new AbortController();
  const loops = entrances.map((entrance) => run(entrance, end.signal));
  return {
    async stop() {
      end.abort();
      await Promise.all(loops);
    },
  };
}

async function run(entrance: string, signal: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<void>>();
  for (let turn = 0; !signal.aborted; turn += 1) {
    const one = send(entrance, turn).finally(() => underWay.delete(one));
    underWay.add(one);
    await wait(everyMs);
  }
  await Promise.all(underWay);
}

async function send(entrance: string, turn: number): Promise<void> {
  const path = reads[turn % reads.length];
  const isWrite = turn % 10 === 0;
  const leavesSoon = turn % 25 === 0;
  const answer = isWrite
    ? fetch(`${entrance}/api/posts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ thread: 1, user: 1, text: `traffic ${turn}` }),
      })
    : fetch(`${entrance}${path}`, leavesSoon ? { signal: AbortSignal.timeout(2) } : {});
  await answer.then(
    (received) => received.arrayBuffer(),
    () => undefined, // whoever leaves, or meets nobody, is part of the traffic
  );
}
