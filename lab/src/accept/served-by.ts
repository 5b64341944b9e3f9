// Which replicas answer: `x-served-by` names them.
import { Agent, get } from 'node:http';

/**
 * A person's client: some connections, each asking again when it has its answer. Few, since who is asked more than it
 * can do is as slow as its share of the CPU is small, and balancing gives less to whoever is slow.
 */
const CONNECTIONS = 4;

export interface ServedBy {
  /** Answers of 200 by who gave them. */
  counts: ReadonlyMap<string, number>;
  /** Requests without such an answer. */
  failed: number;
}

/** Asks a URL so many times, and counts who answered. */
export async function askServedBy(url: string, times: number, signal: AbortSignal): Promise<ServedBy> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const counts = new Map<string, number>();
  let failed = 0;
  let left = times;
  const askOn = async (): Promise<void> => {
    while (left > 0) {
      signal.throwIfAborted();
      left -= 1;
      const name = await answerer(url, agent);
      if (name === undefined) failed += 1;
      else counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, askOn)).finally(() => agent.destroy());
  return { counts, failed };
}

/** Undefined without an answer of 200 within 2 s. */
function answerer(url: string, agent: Agent): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { agent, timeout: 2_000 }, (answer) => {
      const name = answer.headers['x-served-by'];
      answer.resume();
      answer.once('close', () =>
        resolve(answer.complete && answer.statusCode === 200 ? String(name) : undefined),
      );
    });
    request.once('error', () => resolve(undefined)).once('timeout', () => request.destroy());
  });
}

/** How far the replica that is farthest from an equal share is from it, as a share of it: 0.04 is 4 %. */
export function unevenness(counts: ReadonlyMap<string, number>): number {
  const values = [...counts.values()];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.max(...values.map((value) => Math.abs(value - mean))) / mean;
}
