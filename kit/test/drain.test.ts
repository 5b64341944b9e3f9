import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRouter } from '@cleave/kit/app';
import { startTestComponent } from './support/component.ts';

/** A route whose answers wait until they are let go. */
function held() {
  const begun = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const router = createRouter();
  router.get('/held', async (ctx) => {
    begun.resolve();
    await release.promise;
    ctx.body = 'done';
  });
  return { router, begun: begun.promise, release: release.resolve };
}

describe('a component that is stopped', () => {
  it('fails its readiness first, still answers, and asks clients to close', async () => {
    const { router, begun, release } = held();
    const { traffic, stop } = await startTestComponent({ handlers: [router] }, { DRAIN_DELAY_MS: '1500' });
    const answer = fetch(`${traffic}/held`);
    await begun;
    const stopped = stop();
    const ready = await fetch(`${traffic}/readyz`);
    assert.deepEqual([ready.status, ready.headers.get('connection')], [503, 'close']);
    assert.equal((await fetch(`${traffic}/livez`)).status, 200);
    release();
    assert.equal(await (await answer).text(), 'done');
    await stopped;
  });

  it('lets requests in flight end, takes no new ones, and closes what it holds last', async () => {
    const { router, begun, release } = held();
    let closed = false;
    const close = async () => {
      closed = true;
    };
    const component = { handlers: [router], close };
    // a client that keeps its connection must not make it wait for the whole of this
    const { traffic, stop } = await startTestComponent(component, { DRAIN_TIMEOUT_MS: '600000' });
    const answer = fetch(`${traffic}/held`);
    await begun;
    const stopped = stop();
    await assert.rejects(fetch(`${traffic}/livez`));
    assert.equal(closed, false);
    release();
    const whole = await answer;
    assert.deepEqual([await whole.text(), whole.headers.get('connection')], ['done', 'close']);
    await stopped;
    assert.equal(closed, true);
  });

  it('cuts what does not end in time', async () => {
    const { router, begun } = held();
    const { traffic, stop } = await startTestComponent({ handlers: [router] }, { DRAIN_TIMEOUT_MS: '50' });
    const cut = assert.rejects(fetch(`${traffic}/held`));
    await begun;
    await stop();
    await cut;
  });
});
