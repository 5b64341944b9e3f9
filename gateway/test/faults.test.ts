import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import { freePort } from '../../replicas/test/support/ports.ts';
import { until } from '../../test/support/until.ts';
import { ask, exchange } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { startRawUpstream, startUpstream } from './support/upstream.ts';

const problem = (body: string): { status: number; detail: string } => JSON.parse(body);

test('an upstream that is not there is answered with 503 and Retry-After', async (t) => {
  const { port } = await startGateway(t, routesTo({ things: `http://localhost:${await freePort()}` }));
  const answer = await ask(port, '/api/things');
  assert.equal(answer.status, 503);
  assert.equal(answer.headers['retry-after'], '1');
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  assert.equal(answer.headers['x-served-by'], 'the-gateway');
  assert.equal(problem(answer.body).detail, 'things does not answer.');
});

test('an upstream that accepts and never answers is answered with 504, and its connections are closed', async (t) => {
  const upstream = await startRawUpstream(t, (socket) => socket.resume());
  const limits = { headMs: 100, failures: 1_000 };
  const { port, routes } = await startGateway(t, routesTo({ things: upstream.url }), { limits });
  const asked = Array.from({ length: 50 }, (_, each) =>
    ask(port, '/api/things', { method: each % 2 ? 'POST' : 'GET' }),
  );
  for (const answer of await Promise.all(asked)) {
    assert.equal(answer.status, 504);
    assert.equal(problem(answer.body).detail, 'things did not answer in time.');
  }
  await until('no connection is left', () => upstream.sockets.size === 0);
  assert.deepEqual((await routes()).upstreams[0]?.inFlight, 0);
});

test('an upstream that begins its answer and pauses for too long breaks the answer', async (t) => {
  const upstream = await startRawUpstream(t, (socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'));
  });
  const limits = { bodyIdleMs: 50 };
  const { port } = await startGateway(t, routesTo({ things: upstream.url }), { limits });
  await assert.rejects(ask(port, '/api/things'), { code: 'ECONNRESET' });
  await until('no connection is left', () => upstream.sockets.size === 0);
});

for (const [kind, framing, piece] of [
  ['of known length', 'content-length: 100000', 'half of it'],
  ['in chunks', 'transfer-encoding: chunked', 'a\r\nhalf of it\r\n'],
]) {
  test(`an upstream that dies in the middle of an answer ${kind} leaves a broken answer`, async (t) => {
    const upstream = await startRawUpstream(t, (socket) => {
      socket.once('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\n${framing}\r\n\r\n${piece}`);
        setImmediate(() => socket.destroy());
      });
    });
    const { port, metric } = await startGateway(t, routesTo({ things: upstream.url }));
    for (let round = 0; round < 3; round += 1) {
      await assert.rejects(ask(port, '/api/things'), { code: 'ECONNRESET' });
    }
    const text = await exchange(port, 'GET /api/things HTTP/1.1\r\nhost: h\r\n\r\n');
    assert.doesNotMatch(text, /\r\n0\r\n\r\n$/, 'no end of chunks');
    assert.equal(
      await metric('gateway_retries_total', { upstream: 'things' }),
      0,
      'nothing is repeated once an answer began',
    );
  });
}

test('an upstream that does not speak HTTP is answered with 503', async (t) => {
  const nonsense = [
    '220 ready\r\n',
    'HTTP/1.1 099 No\r\ncontent-length: 2\r\n\r\nno',
    'HTTP/1.1 101 Switching Protocols\r\n\r\n',
    '',
  ];
  let round = 0;
  const upstream = await startRawUpstream(t, (socket) => {
    socket.once('data', () => socket.end(nonsense[round] ?? ''));
  });
  const { port, routes } = await startGateway(t, routesTo({ things: upstream.url }));
  for (; round < nonsense.length; round += 1) assert.equal((await ask(port, '/api/things')).status, 503);
  assert.equal((await routes()).upstreams[0]?.inFlight, 0);
});

test('1,000 clients that leave early leave nothing behind', async (t) => {
  let answered = 0;
  const upstream = await startUpstream(t, (req, res) => {
    answered += 1;
    if (req.url?.endsWith('body')) res.write('the beginning'); // else not even a head
  });
  const { port, metric, routes } = await startGateway(t, routesTo({ things: upstream.url }));
  const leaveEarly = async (each: number): Promise<void> => {
    const before = answered;
    const inBody = each % 2 === 0;
    const socket = net.connect(port, '127.0.0.1');
    socket.write(`GET /api/things/${inBody ? 'body' : 'head'} HTTP/1.1\r\nhost: h\r\n\r\n`);
    if (inBody) await once(socket, 'data');
    else await until('the upstream has the request', () => answered > before);
    socket.destroy();
    await once(socket, 'close');
  };
  for (let round = 0; round < 50; round += 1) {
    await Promise.all(Array.from({ length: 20 }, (_, each) => leaveEarly(each)));
  }
  await until('no connection to the upstream is left', () => upstream.sockets.size === 0);
  const { inFlight, replicas } = (await routes()).upstreams[0] ?? {};
  assert.deepEqual([inFlight, replicas?.[0]?.inFlight], [0, 0]);
  assert.equal(replicas?.[0]?.circuit, 'closed', 'a client that leaves is not a failure');
  // the request for the metrics is on another port of the same process: it is the one in flight
  assert.equal(await metric('http_requests_in_flight'), 1);
  const labels = { route: '/api/things', method: 'GET', status: '499' };
  assert.equal(await metric('http_request_duration_seconds_count', labels), 1_000);
});

test('a client that leaves with requests in its pipeline leaves nothing behind', async (t) => {
  const upstream = await startUpstream(t, (_req, res) => res.write(Buffer.alloc(200_000)));
  const { port, routes } = await startGateway(t, routesTo({ things: upstream.url }));
  const socket = net.connect(port, '127.0.0.1');
  socket.write('GET /api/things HTTP/1.1\r\nhost: h\r\n\r\n'.repeat(20));
  await until('the upstream has them', () => upstream.accepted() > 1);
  socket.destroy();
  await until('no connection to the upstream is left', () => upstream.sockets.size === 0);
  assert.equal((await routes()).upstreams[0]?.inFlight, 0);
});

test('a kept-alive connection closed at the moment of its reuse costs a safe request nothing', async (t) => {
  const requests = new WeakMap<net.Socket, number>();
  let cut = 0;
  const upstream = await startUpstream(t, (req, res) => {
    const count = (requests.get(req.socket) ?? 0) + 1;
    requests.set(req.socket, count);
    if (count === 1) return void res.end('ok');
    cut += 1; // the second request of a connection meets its end
    if (cut % 2 === 0) req.socket.destroy();
    else req.socket.resetAndDestroy();
  });
  const { port, metric, routes } = await startGateway(t, routesTo({ things: upstream.url }));
  const agent = new http.Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  for (let round = 0; round < 200; round += 1) {
    const method = round % 3 === 0 ? 'HEAD' : 'GET';
    assert.equal((await ask(port, '/api/things', { method, agent })).status, 200);
  }
  const together = Array.from({ length: 100 }, () => ask(port, '/api/things', { agent }));
  for (const { status } of await Promise.all(together)) assert.equal(status, 200);
  assert.ok(cut >= 100);
  assert.equal(await metric('gateway_retries_total', { upstream: 'things', reason: 'stale' }), cut);
  assert.equal((await routes()).upstreams[0]?.replicas[0]?.circuit, 'closed');
});

test('a connection that rests for too long is closed by the gateway, never one that is used', async (t) => {
  const { promise: restWasOver, resolve: release } = Promise.withResolvers<void>();
  const upstream = await startUpstream(t, async (req, res) => {
    if (req.url?.endsWith('slow')) await restWasOver;
    res.end('ok');
  });
  const limits = { poolIdleMs: 20 };
  const { port } = await startGateway(t, routesTo({ things: upstream.url }), { limits });
  const slow = ask(port, '/api/things/slow');
  await until('it is under way', () => upstream.sockets.size === 1);
  await ask(port, '/api/things');
  await until(
    'the connection at rest is closed',
    () => upstream.accepted() === 2 && upstream.sockets.size === 1,
  );
  release();
  assert.equal((await slow).body, 'ok');
  await until('the other is closed too', () => upstream.sockets.size === 0);
});

test('a write on a connection that breaks is never repeated', async (t) => {
  let writes = 0;
  const upstream = await startUpstream(t, (req, res) => {
    if (req.method === 'GET') return void res.end('ok');
    writes += 1;
    req.socket.destroy();
  });
  const { port } = await startGateway(t, routesTo({ things: upstream.url }));
  for (const method of ['POST', 'PATCH', 'DELETE', 'PUT']) {
    await ask(port, '/api/things');
    assert.equal((await ask(port, '/api/things', { method })).status, 503);
  }
  assert.equal(writes, 4);
});
