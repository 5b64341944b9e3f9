import { setTimeout as wait } from 'node:timers/promises';

/** What came of requests that were sent at a steady rate. */
export interface Seen {
  requests: number;
  /** Answered with 5xx, too late, or not at all. */
  failed: number;
  /** How often what went wrong: a status and who gave it, or the name of an error. */
  reasons: ReadonlyMap<string, number>;
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
  /** What went wrong; none where it was answered. */
  reason?: string;
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
    const ms = performance.now() - begin;
    return { ms, replica, ...(answer.status >= 500 && { reason: `${answer.status} by ${giver(replica)}` }) };
  } catch (error) {
    // counted: this is what is looked for
    return { reason: nameOf(error), ms: performance.now() - begin, replica: null };
  }
}

const giver = (replica: string | null): string => (replica === null ? 'the load balancer' : 'a task');

/** A failed fetch says only beneath it what went wrong. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}

function digest(answers: Answer[]): Seen {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const reasons = counted(answers.map(({ reason }) => reason));
  const replicas = counted(answers.map(({ replica }) => replica ?? undefined));
  return {
    requests: answers.length,
    failed: answers.filter(({ reason }) => reason !== undefined).length,
    reasons,
    p99Ms: times[Math.ceil(times.length * 0.99) - 1] ?? 0,
    replicas,
  };
}

function counted(names: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
