import { setTimeout as wait } from 'node:timers/promises';

/** What came of requests that were sent at a steady rate. */
export interface Seen {
  requests: number;
  /** Answered with 5xx, too late, or not at all. */
  failed: number;
  p99Ms: number;
  /** Answers by the replica that gave them, as it said in `x-served-by`. */
  replicas: ReadonlyMap<string, number>;
}

const TIMEOUT_MS = 5_000;

/**
 * Sends GET requests at `rate` a second, whether or not they are answered, for `seconds`.
 * @param component if given, the requests go to it whatever the weights are
 */
export async function probe(url: string, rate: number, seconds: number, component?: string): Promise<Seen> {
  const begin = performance.now();
  const answers: Promise<Answer>[] = [];
  for (let n = 0; n < rate * seconds; n += 1) {
    const due = begin + (n * 1_000) / rate;
    await wait(Math.max(0, due - performance.now()));
    answers.push(ask(url, component));
  }
  return digest(await Promise.all(answers));
}

interface Answer {
  ok: boolean;
  ms: number;
  replica: string | null;
}

async function ask(url: string, component?: string): Promise<Answer> {
  const begin = performance.now();
  const headers = component === undefined ? {} : { 'x-cleave-component': component };
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await answer.arrayBuffer();
    const replica = answer.headers.get('x-served-by');
    return { ok: answer.status < 500, ms: performance.now() - begin, replica };
  } catch {
    return { ok: false, ms: performance.now() - begin, replica: null }; // counted: this is what is looked for
  }
}

function digest(answers: Answer[]): Seen {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const replicas = new Map<string, number>();
  for (const { replica } of answers) {
    if (replica !== null) replicas.set(replica, (replicas.get(replica) ?? 0) + 1);
  }
  return {
    requests: answers.length,
    failed: answers.filter(({ ok }) => !ok).length,
    p99Ms: times[Math.ceil(times.length * 0.99) - 1] ?? 0,
    replicas,
  };
}
