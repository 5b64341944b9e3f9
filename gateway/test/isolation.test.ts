import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import { freePort } from '../../replicas/test/support/ports.ts';
import { until } from '../../test/support/until.ts';
import { ask } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { startRawUpstream, startUpstream } from './support/upstream.ts';

test('an open circuit on posts leaves users alone', async (t) => {
  const users = await startUpstream(t, (_req, res) => res.end('users'));
  const posts = await startRawUpstream(t, (socket) => socket.resume());
  const limits = { headMs: 500, restMs: 60_000 };
  const gateway = await startGateway(t, routesTo({ users: users.url, posts: posts.url }), { limits });
  const failing = Array.from({ length: 5 }, () => ask(gateway.port, '/api/posts'));
  for (const { status } of await Promise.all(failing)) assert.equal(status, 504);
  const accepted = posts.accepted();
  for (let round = 0; round < 50; round += 1) {
    const refused = await ask(gateway.port, '/api/posts', { method: round % 2 ? 'GET' : 'POST' });
    assert.deepEqual([refused.status, refused.headers['retry-after']], [503, '1']);
    assert.equal(JSON.parse(refused.body).detail, 'posts is not asked for now.');
    assert.deepEqual((await ask(gateway.port, '/api/users')).body, 'users');
  }
  assert.equal(posts.accepted(), accepted, 'an open circuit sends nothing');
  assert.equal(await gateway.metric('gateway_shed_total', { upstream: 'posts', reason: 'circuit' }), 50);
  assert.equal(await gateway.metric('gateway_upstream_circuit_state', { upstream: 'posts' }), 2);
  assert.equal(await gateway.metric('gateway_upstream_circuit_state', { upstream: 'users' }), 0);
});

test('an upstream that comes back is asked again after its rest', async (t) => {
  const port = await freePort();
  const limits = { restMs: 20 };
  const gateway = await startGateway(t, routesTo({ things: `http://localhost:${port}` }), { limits });
  for (let failure = 0; failure < 5; failure += 1) await ask(gateway.port, '/api/things');
  assert.equal((await gateway.routes()).upstreams[0]?.replicas[0]?.circuit, 'open');
  await startUpstream(t, (_req, res) => res.end('back'), { port });
  await until('it answers', async () => (await ask(gateway.port, '/api/things')).body === 'back');
  assert.equal((await gateway.routes()).upstreams[0]?.replicas[0]?.circuit, 'closed');
});

test('a client that leaves never opens a circuit, not even after an answer began', async (t) => {
  const upstream = await startUpstream(t, (_req, res) => res.write('begun'));
  const limits = { failures: 1 };
  const gateway = await startGateway(t, routesTo({ things: upstream.url }), { limits });
  for (let round = 0; round < 20; round += 1) {
    const socket = net.connect(gateway.port, '127.0.0.1');
    socket.write('GET /api/things HTTP/1.1\r\nhost: h\r\n\r\n');
    if (round % 2) await until('it is under way', () => upstream.accepted() > round);
    else await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    await until('it is over', () => upstream.sockets.size === 0);
  }
  assert.equal((await gateway.routes()).upstreams[0]?.replicas[0]?.circuit, 'closed');
});

test('an answer that says 500 or 503 is an answer, and opens no circuit', async (t) => {
  const upstream = await startUpstream(t, (req, res) => {
    res.statusCode = Number(req.url?.split('/').at(-1));
    res.end('mine');
  });
  const gateway = await startGateway(t, routesTo({ things: upstream.url }));
  for (let round = 0; round < 10; round += 1) {
    for (const status of [500, 503]) {
      const answer = await ask(gateway.port, `/api/things/${status}`);
      assert.deepEqual([answer.status, answer.body], [status, 'mine']);
    }
  }
  assert.equal((await gateway.routes()).upstreams[0]?.replicas[0]?.circuit, 'closed');
});

test('what is beyond the limit of requests in flight is shed at once, for its upstream only', async (t) => {
  const held: ServerResponse[] = [];
  const slow = await startUpstream(t, (_req, res) => held.push(res));
  const quick = await startUpstream(t, (_req, res) => res.end('quick'));
  const limits = { inFlight: 8 };
  const gateway = await startGateway(t, routesTo({ slow: slow.url, quick: quick.url }), { limits });
  const asked = Array.from({ length: 8 }, () => ask(gateway.port, '/api/slow'));
  await until('as many as may be are in flight', () => held.length === 8);
  const shed = await ask(gateway.port, '/api/slow');
  assert.deepEqual([shed.status, shed.headers['retry-after']], [503, '1']);
  assert.equal((await ask(gateway.port, '/api/quick')).body, 'quick');
  assert.equal(await gateway.metric('gateway_upstream_in_flight', { upstream: 'slow' }), 8);
  assert.equal(await gateway.metric('gateway_shed_total', { upstream: 'slow', reason: 'limit' }), 1);
  for (const res of held) res.end('slow');
  for (const { body } of await Promise.all(asked)) assert.equal(body, 'slow');
  assert.equal(await gateway.metric('gateway_upstream_in_flight', { upstream: 'slow' }), 0);
});
