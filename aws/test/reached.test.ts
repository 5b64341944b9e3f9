import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { Refused } from '../src/site.ts';
import { reached } from '../src/traffic/reached.ts';

/** A load balancer that answers itself until it has been asked so many times. */
async function balancer(asksUntilServed: number) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const { 'x-cleave-component': component = 'a path' } = request.headers;
    const isServed = asked > asksUntilServed && ['monolith', 'a path'].includes(String(component));
    response.writeHead(isServed ? 200 : 404, isServed ? { 'x-served-by': 'a task' } : {}).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return { url: `http://127.0.0.1:${address.port}`, asked: () => asked, close: () => server.close() };
}

describe('what was brought up', () => {
  it('is asked again until a task answers in place of the load balancer', async (t) => {
    const one = await balancer(1);
    t.after(one.close);
    await reached(one.url, ['monolith']);
    assert.equal(one.asked(), 2 + 3, 'the component twice, each path once');
  });

  it('is refused by name when none does in time', async (t) => {
    const one = await balancer(Number.POSITIVE_INFINITY);
    t.after(one.close);
    await assert.rejects(reached(one.url, ['monolith'], 0), (error) => {
      assert.ok(error instanceof Refused);
      assert.match(error.message, /^Everything runs, but monolith does not answer at /);
      return true;
    });
  });
});
