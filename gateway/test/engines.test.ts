import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { engineNames } from '../src/engines.ts';
import { ask } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { bodyOf, startRawUpstream, startUpstream } from './support/upstream.ts';

const megabyte = Buffer.alloc(1_048_576, 'x');

// What the other tests ask of the default engine in detail, in short of each that can be chosen.
for (const GATEWAY_ENGINE of engineNames) {
  const engine = { GATEWAY_ENGINE };

  test(`${GATEWAY_ENGINE}: requests and answers of every form arrive whole`, async (t) => {
    const upstream = await startUpstream(t, async (req, res) => {
      const body = await bodyOf(req);
      if (req.url?.endsWith('chunks')) res.write(body);
      if (req.url?.endsWith('large')) res.write(megabyte);
      res.end(`${req.method} ${body}`);
    });
    const { port } = await startGateway(t, routesTo({ things: upstream.url }), {}, engine);
    const askWith = async (method: string, body: string): Promise<void> => {
      const headers = { 'content-length': String(body.length) };
      const whole = await ask(port, '/api/things', { method, body, headers });
      assert.deepEqual([whole.status, whole.body], [200, `${method} ${body}`]);
      const inChunks = await ask(port, '/api/things/chunks', { method, body, headers });
      assert.equal(inChunks.body, `${body}${method} ${body}`);
    };
    for (const method of ['POST', 'PATCH', 'PUT']) await askWith(method, 'abc');
    for (const method of ['GET', 'DELETE', 'OPTIONS']) await askWith(method, '');
    const large = await ask(port, '/api/things/large');
    assert.equal(large.body.length, megabyte.length + 'GET '.length);
    assert.equal((await ask(port, '/api/things', { method: 'HEAD' })).body, '');
    assert.ok(upstream.accepted() < 5, 'one after the other, on a connection that is kept');
    for (const method of ['GET', 'DELETE', 'OPTIONS']) await askWith(method, 'abc');
  });

  test(`${GATEWAY_ENGINE}: clients that leave leave nothing behind`, async (t) => {
    const upstream = await startUpstream(t, (_req, res) => res.write('the beginning'));
    const { port, routes } = await startGateway(t, routesTo({ things: upstream.url }), {}, engine);
    const leave = async (): Promise<void> => {
      const socket = net.connect(port, '127.0.0.1');
      socket.write('GET /api/things HTTP/1.1\r\nhost: h\r\n\r\n');
      await once(socket, 'data');
      socket.destroy();
    };
    await Promise.all(Array.from({ length: 50 }, leave));
    await until('no connection to the upstream is left', () => upstream.sockets.size === 0);
    await until('nothing is in flight', async () => (await routes()).upstreams[0]?.inFlight === 0);
    assert.equal((await routes()).upstreams[0]?.replicas[0]?.circuit, 'closed');
  });

  test(`${GATEWAY_ENGINE}: a connection that was closed before its reuse costs a safe request nothing`, async (t) => {
    const used = new WeakSet<net.Socket>();
    const upstream = await startUpstream(t, (req, res) => {
      if (used.has(req.socket)) return void req.socket.destroy();
      used.add(req.socket);
      res.end('ok');
    });
    const { port, metric } = await startGateway(t, routesTo({ things: upstream.url }), {}, engine);
    const agent = new http.Agent({ keepAlive: true });
    t.after(() => agent.destroy());
    for (let round = 0; round < 20; round += 1) {
      assert.equal((await ask(port, '/api/things', { agent })).status, 200);
    }
    assert.ok((await metric('gateway_retries_total', { reason: 'stale' })) >= 9);
  });

  test(`${GATEWAY_ENGINE}: what is late, broken off or no HTTP is told from an answer`, async (t) => {
    const answers = ['HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf', '220 ready\r\n', undefined];
    const upstream = await startRawUpstream(t, (socket) => {
      socket.once('data', () => {
        const answer = answers.shift();
        if (answer) socket.end(answer);
      });
    });
    const limits = { headMs: 100 };
    const { port } = await startGateway(t, routesTo({ things: upstream.url }), { limits }, engine);
    await assert.rejects(ask(port, '/api/things', { method: 'POST' }), { code: 'ECONNRESET' });
    assert.equal((await ask(port, '/api/things', { method: 'POST' })).status, 503);
    assert.equal((await ask(port, '/api/things', { method: 'POST' })).status, 504);
    await until('no connection is left', () => upstream.sockets.size === 0);
  });
}
