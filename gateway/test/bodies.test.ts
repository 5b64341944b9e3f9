import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { type TestContext, test } from 'node:test';
import { ask, exchange } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { bodyOf, startUpstream } from './support/upstream.ts';

/** A gateway before an upstream that notes the requests that it gets. */
async function startNotes(t: TestContext, env: Record<string, string> = {}) {
  const notes: { line: string; length: string | undefined; coding: string | undefined; body: string }[] = [];
  const upstream = await startUpstream(t, async (req, res) => {
    const { 'content-length': length, 'transfer-encoding': coding } = req.headers;
    notes.push({ line: `${req.method} ${req.url}`, length, coding, body: await bodyOf(req) });
    res.end('ok');
  });
  const gateway = await startGateway(t, routesTo({ things: upstream.url }), {}, env);
  return { ...gateway, notes };
}

test('a body arrives whole, with its exact length, however it was transferred', async (t) => {
  const { port, notes } = await startNotes(t);
  const body = Buffer.alloc(65_536, 'é');
  await ask(port, '/api/things', { method: 'POST', body });
  await ask(port, '/api/things', {
    method: 'PATCH',
    body: 'short',
    headers: { 'transfer-encoding': 'chunked' },
  });
  await ask(port, '/api/things', { method: 'POST' });
  assert.deepEqual(notes, [
    { line: 'POST /api/things', length: '65536', coding: undefined, body: body.toString('latin1') },
    { line: 'PATCH /api/things', length: '5', coding: undefined, body: 'short' },
    { line: 'POST /api/things', length: '0', coding: undefined, body: '' },
  ]);
});

test('a body of GET, HEAD, DELETE or OPTIONS is forwarded with its exact length too', async (t) => {
  const { port, notes } = await startNotes(t);
  for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS']) {
    await ask(port, '/api/things', { method, body: method, headers: { 'transfer-encoding': 'chunked' } });
  }
  const expected = ['GET', 'HEAD', 'DELETE', 'OPTIONS'].map((method) => ({
    line: `${method} /api/things`,
    length: String(method.length),
    coding: undefined,
    body: method,
  }));
  assert.deepEqual(notes, expected);
});

test('a request hidden in the chunked body of a DELETE stays a body', async (t) => {
  const { port, notes } = await startNotes(t);
  const hidden = 'POST /api/things/hidden HTTP/1.1\r\nhost: h\r\ncontent-length: 0\r\n\r\n';
  const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;
  for (const method of ['DELETE', 'OPTIONS', 'GET']) {
    const head = `${method} /api/things/1 HTTP/1.1\r\nhost: h\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n`;
    assert.match(await exchange(port, head + chunk), /^HTTP\/1\.1 200/);
  }
  await ask(port, '/api/things/last'); // on the same connection to the upstream, were there something left on it
  assert.deepEqual(
    notes.map(({ line }) => line),
    ['DELETE /api/things/1', 'OPTIONS /api/things/1', 'GET /api/things/1', 'GET /api/things/last'],
  );
});

test('a request with two ways to tell its length never reaches an upstream', async (t) => {
  const { port, notes } = await startNotes(t);
  const heads = [
    'content-length: 4\r\ntransfer-encoding: chunked',
    'content-length: 4\r\ncontent-length: 5',
    'transfer-encoding: chunked, identity',
  ];
  for (const head of heads) {
    const bytes = `POST /api/things HTTP/1.1\r\nhost: h\r\n${head}\r\n\r\n0\r\n\r\n`;
    assert.match(await exchange(port, bytes), /^HTTP\/1\.1 400 [\s\S]*application\/problem\+json/);
  }
  assert.deepEqual(notes, []);
});

test('each of 20 clients at once that send too much sees the 413', async (t) => {
  const { port, notes } = await startNotes(t);
  const body = Buffer.alloc(2_000_000, 'x');
  const question = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(port, '/api/things', question)));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([413]));
  assert.equal(answers[0]?.headers['content-type'], 'application/problem+json');
  assert.deepEqual(notes, []);
});

test('a body that arrives too slowly is answered with 408, and the upstream is not troubled', async (t) => {
  const { port, notes } = await startNotes(t, { REQUEST_TIMEOUT_MS: '200' });
  const text = await exchange(port, 'POST /api/things HTTP/1.1\r\nhost: h\r\ncontent-length: 10\r\n\r\nslow');
  assert.match(text, /^HTTP\/1\.1 408 [\s\S]*application\/problem\+json[\s\S]*"status":408/);
  assert.deepEqual(notes, []);
});

test('a client that leaves in the middle of its body is not forwarded', async (t) => {
  const { port, notes } = await startNotes(t);
  const socket = net.connect(port, '127.0.0.1');
  socket.write('POST /api/things HTTP/1.1\r\nhost: h\r\ncontent-length: 10\r\n\r\nhalf');
  await once(socket, 'connect');
  socket.destroy();
  await ask(port, '/api/things/next');
  assert.deepEqual(
    notes.map(({ line }) => line),
    ['GET /api/things/next'],
  );
});
