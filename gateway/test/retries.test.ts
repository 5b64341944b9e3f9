import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freePort } from '../../replicas/test/support/ports.ts';
import { ask } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { addresses, startUpstream } from './support/upstream.ts';

test('an upstream where all fails gets no more than a tenth on top', async (t) => {
  const port = await freePort();
  let arrived = 0;
  for (const address of addresses) {
    await startUpstream(
      t,
      (req) => {
        arrived += 1;
        req.socket.destroy();
      },
      { address, port },
    );
  }
  const limits = { failures: 1_000_000 };
  const resolve = async () => [...addresses];
  const gateway = await startGateway(t, routesTo({ things: `http://things:${port}` }), { resolve, limits });
  const requests = 200;
  for (let sent = 0; sent < requests; sent += 1) {
    assert.equal((await ask(gateway.port, '/api/things')).status, 503);
  }
  const added = arrived - requests;
  assert.ok(
    added >= 0.08 * requests && added <= 0.1 * requests + 5,
    `${added} retries of ${requests} requests`,
  );
  assert.equal(await gateway.metric('gateway_retries_total', { reason: 'fault' }), added);
});

test('a safe request is repeated at another address, a write never', async (t) => {
  const port = await freePort();
  const [first, second] = addresses;
  const lost: (string | undefined)[] = [];
  await startUpstream(t, (_req, res) => res.end('ok'), { address: first, port });
  await startUpstream(
    t,
    (req) => {
      lost.push(req.method);
      req.socket.destroy();
    },
    { address: second, port },
  );
  const resolve = async () => [first, second];
  const limits = { failures: 1_000_000 };
  const gateway = await startGateway(t, routesTo({ things: `http://things:${port}` }), { resolve, limits });
  for (let sent = 0; sent < 4; sent += 1) assert.equal((await ask(gateway.port, '/api/things')).status, 200);
  assert.deepEqual(lost, ['GET', 'GET']);
  lost.length = 0;
  const statuses = [];
  for (const method of ['POST', 'POST', 'PATCH', 'PATCH', 'DELETE', 'DELETE', 'OPTIONS', 'OPTIONS']) {
    statuses.push((await ask(gateway.port, '/api/things', { method })).status);
  }
  assert.equal(statuses.filter((status) => status === 503).length, 4);
  assert.deepEqual(lost, ['POST', 'PATCH', 'DELETE', 'OPTIONS']);
});
