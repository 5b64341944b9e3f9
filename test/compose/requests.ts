import { setTimeout as delay } from 'node:timers/promises';

/** The status of an answer; 0 when there was none within 3 s. */
export async function statusOf(url: string, init: RequestInit = {}): Promise<number> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(3_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0; // refused, broken off or too late: what a caller sees
  }
}

/** Who answers `times` requests, one after the other. */
export async function servedBy(url: string, times: number): Promise<Set<string>> {
  const names = new Set<string>();
  for (let time = 0; time < times; time += 1) {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    names.add(answer.headers.get('x-served-by') ?? '');
  }
  return names;
}

/** Reads and writes posts again and again while `deed` is done. @returns how often there was which status */
export async function during(baseUrl: string, deed: () => Promise<unknown>): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  const body = JSON.stringify({ thread: 1, text: 'Is anybody there?', user: 1 });
  const write = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  let isOver = false;
  const ask = async (): Promise<void> => {
    while (!isOver) {
      for (const init of [{}, write]) {
        const status = await statusOf(`${baseUrl}/api/posts`, init);
        counts.set(status, (counts.get(status) ?? 0) + 1);
      }
      await delay(20); // a pace, no condition
    }
  };
  const asking = ask();
  try {
    await deed();
  } finally {
    isOver = true;
    await asking;
  }
  return counts;
}
