import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { startPage } from '../src/web/page.ts';
import { ask, tokenOf } from './support/page-request.ts';

/** A page that shows nothing, and a request to it that has all that an order needs unless it is told otherwise. */
async function pageOf(t: TestContext) {
  const page = await startPage({ deployments: [], port: 0 });
  t.after(() => page.close());
  const { host, origin } = new URL(page.url);
  const own = { host, origin, 'x-page-token': await tokenOf(page.url), 'content-type': 'application/json' };
  const send = async (
    method: string,
    path: string,
    others: Record<string, string | undefined>,
    body = '',
  ) => {
    const headers = Object.entries({ ...own, ...others }).filter(
      (one): one is [string, string] => one[1] !== undefined,
    );
    return ask(page.url, method, path, Object.fromEntries(headers), body);
  };
  return { ...own, send };
}

const orders: [method: string, path: string, body: string][] = [
  ['POST', '/api/load', '{"rate":0}'],
  ['DELETE', '/api/faults', ''],
];

describe('the port of the page', () => {
  it('is named in the sentence that says it is busy', async (t) => {
    const { origin } = await pageOf(t);
    const port = Number(new URL(origin).port);
    const expected = `Port ${port} is busy: set PAGE_PORT to another port.`;
    await assert.rejects(startPage({ deployments: [], port }), { message: expected });
  });
});

describe('the page takes orders', () => {
  for (const [method, path, body] of orders) {
    it(`${method} ${path} from itself, and from nobody else`, async (t) => {
      const { send, host, ...own } = await pageOf(t);
      const status = async (others: Record<string, string | undefined>) =>
        (await send(method, path, others, body)).status;
      assert.equal(await status({}), 204);
      assert.equal(await status({ 'x-page-token': undefined }), 403);
      assert.equal(await status({ 'x-page-token': `${own['x-page-token']}x` }), 403);
      assert.equal(await status({ 'x-page-token': own['x-page-token'].replace(/./, '!') }), 403);
      assert.equal(await status({ origin: undefined }), 403);
      assert.equal(await status({ origin: 'null' }), 403);
      assert.equal(await status({ origin: `${own.origin}.example.test` }), 403);
      assert.equal(await status({ host: 'example.test', origin: 'http://example.test' }), 403);
      assert.equal(await status({ host: host.replace('127.0.0.1', 'localhost') }), 403);
      assert.equal(await status({ 'sec-fetch-site': 'same-site' }), 403);
    });
  }

  it('shows nothing to another site, or under another name', async (t) => {
    const { send } = await pageOf(t);
    for (const path of ['/', '/page.js', '/api/events', '/api/export']) {
      assert.equal((await send('GET', path, { host: 'example.test' })).status, 403);
      assert.equal((await send('GET', path, { 'sec-fetch-site': 'cross-site' })).status, 403);
    }
    const visit = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    assert.equal((await send('GET', '/', visit)).status, 200);
    const framed = { ...visit, 'sec-fetch-dest': 'iframe' };
    assert.equal((await send('GET', '/', framed)).status, 403);
  });

  it('refuses what is no order', async (t) => {
    const { send } = await pageOf(t);
    const status = async (path: string, body: string, others = {}) =>
      (await send('POST', path, others, body)).status;
    assert.equal(await status('/api/load', '{"rate":401}'), 400);
    assert.equal(await status('/api/load', '{"rate":-1}'), 400);
    assert.equal(await status('/api/load', 'rate=1'), 400);
    assert.equal(await status('/api/load', '{"rate":0}', { 'content-type': 'text/plain' }), 415);
    assert.equal(await status('/api/load', `{"rate":${' '.repeat(70_000)}0}`), 413);
    const order = { topology: 'monolith', part: 'monolith', fault: 'kill' };
    assert.equal(await status('/api/faults', JSON.stringify(order)), 404);
    assert.equal(await status('/api/faults', JSON.stringify({ ...order, fault: 'rm' })), 400);
    assert.equal(await status('/forum/monolith/api/posts', '{}'), 404);
    assert.equal(await status('/elsewhere', '{}'), 404);
  });
});
