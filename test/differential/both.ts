import assert from 'node:assert/strict';
import { type Answer, type Ask, createHttpClient, type HttpClient } from '../support/http.ts';
import { checkAnswer } from '../support/openapi-check.ts';
import { asCurl } from './as-curl.ts';
import { comparable } from './differences.ts';

/** Both topologies, sent the same requests in the same order. */
export interface Both {
  /**
   * Sends a request to both, each finishing before the next one is sent.
   * @returns the monolith's answer
   * @throws Error when openapi.yaml does not describe the answer, or
   * AssertionError with a command to repeat it when the answers differ in a way that is not listed, Error when
   * there is none
   */
  send(ask: Ask): Promise<Answer>;
  close(): void;
}

/** A load balancer answers by itself what it takes for no request at all, and paths that lead to nobody. */
const isOfBalancer = ({ status, headers }: Answer): boolean =>
  (status === 400 || status === 404) && headers['x-served-by'] === undefined;

export interface BothOptions {
  /** Its own answers are compared, but not held to openapi.yaml, which describes ours. */
  isBehindBalancer?: boolean;
}

export function createBoth(
  monolithUrl: string,
  microservicesUrl: string,
  { isBehindBalancer = false }: BothOptions = {},
): Both {
  const clients = [createHttpClient(monolithUrl), createHttpClient(microservicesUrl)] as const;
  const before: string[] = [];
  let sent = 0;
  return {
    async send(ask) {
      sent += 1;
      const identified = { ...ask, headers: { 'x-request-id': `d-${sent}`, ...ask.headers } };
      const [monolith, microservices] = await Promise.all([
        answerOf(clients[0], identified),
        answerOf(clients[1], identified),
      ]);
      assert.deepEqual(
        comparable(identified, microservices),
        comparable(identified, monolith),
        howTo(identified, before),
      );
      if (!isBehindBalancer || !isOfBalancer(monolith)) checkAnswer(identified, monolith);
      before.push(asCurl(identified, '$URL'));
      if (before.length > 3) before.shift();
      return monolith;
    },
    close: () => {
      for (const client of clients) client.close();
    },
  };
}

async function answerOf(client: HttpClient, ask: Ask): Promise<Answer> {
  try {
    return await client.send(ask);
  } catch (error) {
    throw new Error(`there was no answer to\n${asCurl(ask, '$URL')}`, { cause: error });
  }
}

const howTo = (ask: Ask, before: string[]): string =>
  [
    'The monolith (-) and the microservices (+) answer differently to',
    asCurl(ask, '$URL'),
    'sent over the same connections right after',
    ...before.map((command) => command.slice(0, 1_000)),
  ].join('\n');
