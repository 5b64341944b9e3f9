import assert from 'node:assert/strict';
import http from 'node:http';
import { type TestContext, test } from 'node:test';
import { startFrozen } from '../../replicas/test/support/frozen.ts';
import { freePort } from '../../replicas/test/support/ports.ts';
import { until } from '../../test/support/until.ts';
import type { Limits } from '../src/limits.ts';
import { ask } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { addresses, startUpstream } from './support/upstream.ts';

const [well, lost] = addresses;

/** A replica of this process and one that can be lost, with kept-alive connections to both. */
async function startBoth(t: TestContext, limits: Partial<Limits> = {}) {
  const port = await freePort();
  await startUpstream(
    t,
    (req, res) => {
      res.setHeader('x-served-by', well);
      setTimeout(() => res.end('ok'), Number(req.headers['x-takes-ms'] ?? 0));
    },
    { address: well, port },
  );
  const other = await startFrozen(t, { address: lost, port });
  const gateway = await startGateway(t, routesTo({ things: `http://things:${port}` }), {
    resolve: async () => [well, lost],
    limits: { doubtMs: 50, connectMs: 50, headMs: 60_000, restMs: 60_000, ...limits },
  });
  const get = () => ask(gateway.port, '/api/things');
  await Promise.all(Array.from({ length: 20 }, get));
  const circuitOfLost = async () =>
    (await gateway.routes()).upstreams[0]?.replicas.find(({ address }) => address === lost)?.circuit;
  return { gateway, other, get, circuitOfLost };
}

test('a replica whose machine vanishes costs no safe request anything, and is left out at the first doubt', async (t) => {
  const { other, get, circuitOfLost } = await startBoth(t);
  await other.vanish();
  const answers = await Promise.all(Array.from({ length: 40 }, get));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.equal(await circuitOfLost(), 'open');
  for (let sent = 0; sent < 10; sent += 1) assert.equal((await get()).headers['x-served-by'], well);
});

test('a write that waits for a machine that vanished is answered when nobody is found there', async (t) => {
  const { gateway, other, circuitOfLost } = await startBoth(t);
  await other.vanish();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  t.after(() => agent.destroy());
  const write = () => ask(gateway.port, '/api/things', { method: 'POST', agent });
  const statuses = (await Promise.all(Array.from({ length: 8 }, write))).map(({ status }) => status);
  assert.ok(statuses.includes(503), 'those that were on their way there fail');
  assert.ok(statuses.every((status) => status === 200 || status === 503));
  assert.equal(await circuitOfLost(), 'open');
  for (let sent = 0; sent < 10; sent += 1) assert.equal((await write()).status, 200);
});

test('a replica that comes back is asked again', async (t) => {
  const { other, get, circuitOfLost } = await startBoth(t, { restMs: 20 });
  await other.vanish();
  await until('it is left out', async () => {
    assert.equal((await get()).status, 200);
    return (await circuitOfLost()) !== 'closed';
  });
  await other.return();
  await until('it is asked again', async () => {
    assert.equal((await get()).status, 200);
    return (await circuitOfLost()) === 'closed';
  });
});

test('a replica that stands still costs no safe request anything, and is left out after five', async (t) => {
  const { other, get, circuitOfLost, gateway } = await startBoth(t);
  other.freeze();
  await until('it is left out', async () => {
    assert.equal((await get()).status, 200);
    return (await circuitOfLost()) !== 'closed';
  });
  assert.ok((await gateway.metric('gateway_retries_total', { reason: 'silence' })) >= 5);
});

test('the only replica is not left out for one connection that was not taken', async (t) => {
  const other = await startFrozen(t, { address: lost });
  const gateway = await startGateway(t, routesTo({ things: `http://things:${other.port}` }), {
    resolve: async () => [lost],
    limits: { connectMs: 50, doubtMs: 50 },
  });
  await other.vanish();
  assert.equal((await ask(gateway.port, '/api/things')).status, 503);
  assert.equal((await gateway.routes()).upstreams[0]?.replicas[0]?.circuit, 'closed');
  await other.return();
  assert.equal((await ask(gateway.port, '/api/things')).status, 200);
});

test('whoever waits for the only replica waits on, though nobody takes a connection there', async (t) => {
  const other = await startFrozen(t, { address: lost });
  const gateway = await startGateway(t, routesTo({ things: `http://things:${other.port}` }), {
    resolve: async () => [lost],
    limits: { connectMs: 50, doubtMs: 50, headMs: 60_000 },
  });
  const headers = { 'x-takes-ms': '1' };
  assert.equal((await ask(gateway.port, '/api/things', { headers })).status, 200);
  await other.vanish();
  const waiting = ask(gateway.port, '/api/things', { headers });
  await assert.rejects(Promise.race([waiting, tenTimesDoubt()]), { message: 'it waits' });
  await other.return();
  assert.equal((await waiting).status, 200);
});

const tenTimesDoubt = () =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error('it waits')), 500);
  });

test('replicas that are slow for everybody are not doubted while they answer', async (t) => {
  const { gateway, circuitOfLost } = await startBoth(t, { doubtMs: 40, connectMs: 5_000 });
  const headers = { 'x-takes-ms': '120' };
  const askers = Array.from({ length: 24 }, async () => {
    for (let sent = 0; sent < 5; sent += 1) {
      assert.equal((await ask(gateway.port, '/api/things', { headers })).status, 200);
    }
  });
  await Promise.all(askers);
  assert.equal(await circuitOfLost(), 'closed');
});
