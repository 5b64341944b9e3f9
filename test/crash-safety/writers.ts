import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, type Ask, createHttpClient, type HttpClient } from '../support/http.ts';
import { settleAll } from '../support/settle-all.ts';

/** A write that the API said it did: what was sent, and the answer. */
export interface Acknowledged {
  ask: Ask;
  answer: Answer;
  /** The text by which its row is recognised. */
  marker: string;
}

export interface Written {
  acknowledged: Acknowledged[];
  /** Attempts that ended without an answer, or with one that says to come again. */
  failedAttempts: number;
}

const attemptTimeoutMs = 5_000;
const retryDelayMs = 200;
const worthAnotherTry = new Set([429, 502, 503, 504]);

export interface Writers {
  /** How many writes were acknowledged so far. */
  acknowledged(): number;
  areDone(): boolean;
  /** Rejects on an answer that neither acknowledges a write nor asks to come again. */
  written: Promise<Written>;
}

/**
 * Sends POSTs with an Idempotency-Key each, `concurrency` at a time, until `isEnough`. Each is repeated until it is
 * answered, whatever happens to the connection.
 */
export function startWriters(
  baseUrl: string,
  concurrency: number,
  isEnough: (acknowledged: number) => boolean,
): Writers {
  const http = createHttpClient(baseUrl, attemptTimeoutMs);
  const written: Written = { acknowledged: [], failedAttempts: 0 };
  let done = false;
  async function writer(): Promise<void> {
    while (!done && !isEnough(written.acknowledged.length)) {
      const marker = randomUUID();
      const ask = newWrite(marker);
      let answer = await attempt(http, ask);
      while (answer === undefined && !done) {
        written.failedAttempts += 1;
        await delay(retryDelayMs);
        answer = await attempt(http, ask);
      }
      if (answer !== undefined) written.acknowledged.push({ ask, answer, marker });
    }
  }
  const failOnce = (error: unknown): never => {
    done = true; // the others are not to go on
    throw error;
  };
  const all = settleAll(Array.from({ length: concurrency }, () => writer().catch(failOnce))).finally(() => {
    done = true;
    http.close();
  });
  return {
    acknowledged: () => written.acknowledged.length,
    areDone: () => done,
    written: all.then(() => written),
  };
}

function newWrite(marker: string): Ask {
  const [path, body] = pick<[string, object]>([
    ['/api/users', { username: marker, name: 'Crash', bio: '' }],
    ['/api/threads', { title: marker, createdBy: 1 }],
    ['/api/posts', { thread: pick([1, 2, 3]), text: marker, user: pick([1, 2, 3, 4]) }],
    ['/api/posts', { thread: pick([1, 2, 3]), text: marker, user: pick([1, 2, 3, 4]) }],
  ]);
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  return { method: 'POST', path, headers, body: JSON.stringify(body) };
}

function pick<T>(list: readonly [T, ...T[]]): T {
  return list[Math.floor(Math.random() * list.length)] ?? list[0];
}

/** The acknowledgement, or undefined where there was none this time. */
async function attempt(http: HttpClient, ask: Ask): Promise<Answer | undefined> {
  const answer = await http.send(ask).catch(() => undefined); // whether it was written is not known then
  if (answer === undefined || worthAnotherTry.has(answer.status)) return undefined;
  if (answer.status === 201) return answer;
  throw new Error(`${ask.path} answered ${answer.status} ${answer.body.toString()}`);
}
