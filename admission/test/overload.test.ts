import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../test/support/until.ts';
import { type Load, sendOpenLoop } from './support/open-loop.ts';
import { type Busy, startBusy } from './support/start-busy.ts';

/** Processor time for each request that is served under a load, in seconds. */
async function cost({ port, metric }: Busy, load: Load): Promise<number> {
  const begun = await metric('process_cpu_seconds_total');
  const served = (await sendOpenLoop(port, load)).get('200') ?? 0;
  return ((await metric('process_cpu_seconds_total')) - begun) / served;
}

/** So few at a time are at the peak of what can be served, and none of them is refused. */
const peak: Load = { rate: 100_000, requests: 500, connections: 4 };

/** A surge of three times as many as one processor can serve, from clients that do not wait for each other. */
async function surgeFor(busy: Busy): Promise<{ surge: Load; alone: number }> {
  await sendOpenLoop(busy.port, peak); // what is compiled on its first use
  const alone = await cost(busy, peak);
  return { surge: { rate: 3 / alone, requests: Math.ceil(6 / alone), connections: 300 }, alone };
}

describe('at three times what can be served', () => {
  it('some is served and the rest refused, at the price of nearly nothing, and none when it is over', async (t) => {
    const busy = await startBusy(t, 10);
    const { surge, alone } = await surgeFor(busy);
    const begun = await busy.metric('process_cpu_seconds_total');
    const answers = await sendOpenLoop(busy.port, surge);
    const spent = (await busy.metric('process_cpu_seconds_total')) - begun;
    const served = answers.get('200') ?? 0;
    const refused = answers.get('503') ?? 0;
    assert.equal(served + refused, surge.requests, 'each request had one of these answers');
    assert.ok(refused > surge.requests / 3, `${refused} of ${surge.requests} were refused`);
    const each = (spent - served * alone) / refused;
    assert.ok(each < alone / 5, `${each} s of processor time to refuse, where to serve takes ${alone} s`);
    const limit = await busy.metric('admission_limit');
    assert.ok(limit < 100, `${limit} may be in flight`);
    await until(
      'a calm load is served whole',
      async () => {
        const calm = await sendOpenLoop(busy.port, { rate: 50, requests: 20, connections: 5 });
        return calm.get('200') === 20;
      },
      60,
    );
  });

  it('without an admission all are let in, and wait for each other as long as it takes', async (t) => {
    const busy = await startBusy(t, 0);
    const { surge } = await surgeFor(busy);
    const answers = await sendOpenLoop(busy.port, surge);
    assert.deepEqual([...answers], [['200', surge.requests]]);
  });
});
