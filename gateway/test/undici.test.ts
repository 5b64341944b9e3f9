import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { ask } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { startRawUpstream } from './support/upstream.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** A gateway with undici before an upstream of raw bytes, in which every path is for that upstream. */
async function startBytes(t: TestContext, answer: (socket: Socket, request: string) => void) {
  const upstream = await startRawUpstream(t, (socket) => {
    socket.setNoDelay().setEncoding('latin1');
    socket.on('data', (request: string) => answer(socket, request));
  });
  const routes = { version: 1, routes: routesTo({ things: upstream.url }).routes };
  for (const route of routes.routes) route.prefix = '/';
  return { ...(await startGateway(t, routes, {}, { GATEWAY_ENGINE: 'undici' })), upstream };
}

test('a connection with more on it than an answer is not used again', async (t) => {
  const { port, upstream } = await startBytes(t, (socket) => socket.write(`${ok}HTTP/1.1 200 OK\r\n`));
  for (let asked = 0; asked < 3; asked += 1) assert.equal((await ask(port, '/api/things')).body, 'ok');
  assert.equal(upstream.accepted(), 3);
});

test('what nobody asked for before an answer (100, 101) is refused', async (t) => {
  let early = '';
  const { port, upstream } = await startBytes(t, (socket) => socket.write(`${early}\r\n\r\n${ok}`));
  for (early of ['HTTP/1.1 100 Continue', 'HTTP/1.1 101 Now\r\nconnection: upgrade\r\nupgrade: x']) {
    assert.equal((await ask(port, '/api/things', { method: 'POST' })).status, 503);
  }
  await until('no connection is left', () => upstream.sockets.size === 0);
});

test('HEAD ends no connection; a body that a method does not expect does', async (t) => {
  const { port, upstream } = await startBytes(t, (socket, request) =>
    socket.write(request.startsWith('HEAD') ? ok.slice(0, -'ok'.length) : ok),
  );
  const connectionsFor = async (method: string, body: string): Promise<number> => {
    const before = upstream.accepted();
    const headers = { 'content-length': String(body.length) };
    for (let asked = 0; asked < 3; asked += 1) await ask(port, '/api/things', { method, body, headers });
    return upstream.accepted() - before;
  };
  assert.equal(await connectionsFor('POST', 'abc'), 1);
  assert.equal(await connectionsFor('GET', ''), 0);
  assert.equal(await connectionsFor('HEAD', ''), 0);
  assert.ok((await connectionsFor('DELETE', 'abc')) >= 2);
});

test('a target that is no path is the client’s mistake, and takes no connection with it', async (t) => {
  const { port, upstream, routes } = await startBytes(t, (socket) => socket.write(ok));
  for (let asked = 0; asked < 20; asked += 1) {
    assert.equal((await ask(port, '*', { method: 'OPTIONS' })).status, 400);
    assert.equal((await ask(port, '/api/things')).status, 200);
  }
  assert.equal(upstream.accepted(), 1);
  assert.equal((await routes()).upstreams[0]?.replicas[0]?.circuit, 'closed');
});
