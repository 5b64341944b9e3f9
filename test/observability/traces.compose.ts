// Run by run.ts: the components are told to send their spans to a receiver that stands where Jaeger would be.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { until } from '../support/until.ts';

const urls = z
  .object({ MONOLITH_URL: z.url(), MICROSERVICES_URL: z.url(), JAEGER_URL: z.url() })
  .parse(process.env);

/** The processes that sent spans of this trace: each batch, in OTLP's binary form, has its sender's name. */
async function sendersOf(traceId: Buffer): Promise<string[]> {
  const answer = await fetch(`${urls.JAEGER_URL}/${traceId.toString('hex')}`);
  const batches = z.array(z.base64()).parse(await answer.json());
  const names = batches.map((batch) => {
    const text = Buffer.from(batch, 'base64').toString('latin1');
    return /service\.name\W+(\w+)/.exec(text)?.[1] ?? 'nameless';
  });
  return [...new Set(names)].sort();
}

describe('the containers, told where spans go', () => {
  for (const [url, senders] of [
    [urls.MICROSERVICES_URL, ['gateway', 'posts', 'threads', 'users']],
    [urls.MONOLITH_URL, ['monolith']],
  ] as const) {
    it(`send one trace of a discussion from ${senders.join(', ')}`, async () => {
      let traceId = randomBytes(16);
      const isWhole = async () => {
        traceId = randomBytes(16);
        const traceparent = `00-${traceId.toString('hex')}-${randomBytes(8).toString('hex')}-01`;
        const answer = await fetch(`${url}/api/threads/1/discussion`, { headers: { traceparent } });
        return answer.ok && !('degraded' in Object(await answer.json()));
      };
      await until('every part answers', isWhole);
      const all = async () => (await sendersOf(traceId)).length === senders.length;
      await until('the spans have come', all, 60); // batches leave every 5 s
      assert.deepEqual(await sendersOf(traceId), senders);
    });
  }
});
