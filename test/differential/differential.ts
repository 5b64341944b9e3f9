import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Ask } from '../support/http.ts';
import { type BothOptions, createBoth } from './both.ts';
import { differences } from './differences.ts';
import { createKnown } from './known.ts';
import { plans } from './plans.ts';
import { createTally } from './tally.ts';

const seed = Number(process.env.DIFFERENTIAL_SEED ?? 20_251_123);
const numRuns = Number(process.env.DIFFERENTIAL_REQUESTS ?? 2_500);
const statuses = [200, 201, 204, 400, 404, 405, 409, 413, 415, 422, 426, 431];

/**
 * Registers the differential suite. Both topologies have to hold the same rows, with the same ids to come: those of
 * their first start, or of this suite and no other requests.
 */
export function differential(monolithUrl: string, microservicesUrl: string, options: BothOptions = {}): void {
  it(`both topologies answer ${numRuns} generated requests alike (DIFFERENTIAL_SEED=${seed})`, async (t) => {
    const both = createBoth(monolithUrl, microservicesUrl, options);
    t.after(() => both.close());
    const known = createKnown();
    const tally = createTally();
    /** Sends a request, and follows the links of a list. */
    async function send(first: Ask, mostPages: number): Promise<void> {
      let ask: Ask | undefined = first;
      for (let page = 0; ask !== undefined && page < mostPages; page += 1) {
        const answer = await both.send(ask);
        tally.count(ask.method, answer.status);
        known.note(ask, answer);
        const next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.link ?? '')?.[1];
        ask = next === undefined ? undefined : { ...ask, path: next };
      }
    }
    // a failing request is sent again and again, each time a smaller one, until the smallest that still fails is found
    await fc.assert(
      fc.asyncProperty(plans(), (plan) => send(plan(known), 5)),
      { seed, numRuns },
    );
    for (const module of ['users', 'threads', 'posts']) {
      await send({ method: 'GET', path: `/api/${module}?limit=1000` }, Number.POSITIVE_INFINITY);
    }
    t.diagnostic(tally.report());
    t.diagnostic(`differences allowed: ${differences.map(({ name }) => name).join('; ')}`);
    // a load balancer calls a head that is too large malformed
    const expected = options.isBehindBalancer ? statuses.filter((status) => status !== 431) : statuses;
    const missing = expected.filter((status) => tally.of(status) === 0);
    assert.deepEqual(missing, [], 'no request was answered with these');
  });
}
