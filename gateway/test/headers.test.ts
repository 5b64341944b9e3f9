import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { type TestContext, test } from 'node:test';
import { ask, exchange } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { startUpstream } from './support/upstream.ts';

/** A gateway before an upstream that notes the headers that it gets. */
async function startEcho(t: TestContext) {
  const seen: IncomingHttpHeaders[] = [];
  const upstream = await startUpstream(t, (req, res) => {
    seen.push(req.headers);
    req.resume().on('end', () => res.end());
  });
  const { port } = await startGateway(t, routesTo({ things: upstream.url }));
  return { port, seen };
}

test('what a client says of where it comes from is replaced', async (t) => {
  const { port, seen } = await startEcho(t);
  const headers = {
    host: 'forum.example',
    'x-forwarded-for': '10.0.0.1',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-prefix': '/admin',
    'X-Forwarded-Anything': 'x',
    forwarded: 'for=10.0.0.1',
    'x-real-ip': '10.0.0.1',
  };
  await ask(port, '/api/things', { headers });
  assert.deepEqual(
    { ...seen[0], 'x-request-id': 'any' },
    {
      host: 'forum.example',
      connection: 'keep-alive',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'forum.example',
      'x-forwarded-proto': 'http',
      'x-request-id': 'any',
    },
  );
});

test('the request id of the answer is the one that the upstream got, and traceparent is passed', async (t) => {
  const { port, seen } = await startEcho(t);
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const kept = await ask(port, '/api/things', { headers: { 'x-request-id': 'mine', traceparent } });
  const replaced = await ask(port, '/api/things', { headers: { 'x-request-id': 'not kept: spaces' } });
  assert.deepEqual([kept.headers['x-request-id'], seen[0]?.['x-request-id']], ['mine', 'mine']);
  assert.equal(seen[0]?.traceparent, traceparent);
  assert.match(String(replaced.headers['x-request-id']), /^[0-9a-f-]{36}$/);
  assert.equal(seen[1]?.['x-request-id'], replaced.headers['x-request-id']);
});

test('headers of the connection stay on it, in both directions', async (t) => {
  const seen: IncomingHttpHeaders[] = [];
  const upstream = await startUpstream(t, (req, res) => {
    seen.push(req.headers);
    res.setHeader('connection', 'close, x-hop');
    res.setHeader('keep-alive', 'timeout=1');
    res.setHeader('proxy-authenticate', 'Basic');
    res.setHeader('x-hop', 'upstream');
    res.setHeader('x-end', 'upstream');
    res.end('ok');
  });
  const { port } = await startGateway(t, routesTo({ things: upstream.url }));
  const text = await exchange(
    port,
    [
      'GET /api/things HTTP/1.1',
      'host: h',
      'connection: X-Hop , close',
      'x-hop: client',
      'x-end: client',
      'te: trailers',
      'proxy-connection: keep-alive',
      'proxy-authorization: Basic eA==',
      'keep-alive: timeout=9',
      'upgrade: h2c',
      'expect: 100-continue',
      '\r\n',
    ].join('\r\n'),
  );
  const answered = text.slice(text.indexOf('HTTP/1.1 200'));
  assert.doesNotMatch(answered, /^x-hop|^keep-alive|^proxy-authenticate/im);
  assert.match(answered, /^x-end: upstream\r$/im);
  assert.equal(answered.match(/^connection:/gim)?.length, 1);
  for (const name of [
    'x-hop',
    'te',
    'proxy-connection',
    'proxy-authorization',
    'keep-alive',
    'upgrade',
    'expect',
  ]) {
    assert.equal(seen[0]?.[name], undefined, name);
  }
  assert.equal(seen[0]?.['x-end'], 'client');
});

test('a client cannot take away what the gateway says by naming it in Connection', async (t) => {
  const { port, seen } = await startEcho(t);
  const connection = 'close, x-forwarded-for, x-request-id, host, content-length';
  await ask(port, '/api/things', {
    method: 'POST',
    body: 'abc',
    headers: { connection, host: 'forum.example' },
  });
  const { host, 'x-forwarded-for': from, 'content-length': length, 'x-request-id': id } = seen[0] ?? {};
  assert.deepEqual([host, from, length, typeof id], ['forum.example', '127.0.0.1', '3', 'string']);
});

test('the upstream answers in its own name, once', async (t) => {
  const upstream = await startUpstream(t, (_req, res) => {
    res.setHeader('x-served-by', 'things-1');
    res.setHeader('x-request-id', 'another');
    res.setHeader('date', 'Thu, 01 Jan 1970 00:00:00 GMT');
    res.setHeader('set-cookie', ['a=1', 'b=2']);
    res.setHeader('link', '</api/things?after=2>; rel="next"');
    res.end('ok');
  });
  const { port } = await startGateway(t, routesTo({ things: upstream.url }));
  const text = await exchange(
    port,
    'GET /api/things HTTP/1.1\r\nhost: h\r\nx-request-id: mine\r\nconnection: close\r\n\r\n',
  );
  const lines = text.split('\r\n');
  const of = (name: string) => lines.filter((line) => line.toLowerCase().startsWith(`${name}: `));
  assert.deepEqual(of('x-served-by'), ['x-served-by: things-1']);
  assert.deepEqual(of('x-request-id'), ['x-request-id: mine']);
  assert.deepEqual(of('date'), ['date: Thu, 01 Jan 1970 00:00:00 GMT']);
  assert.deepEqual(of('set-cookie'), ['set-cookie: a=1', 'set-cookie: b=2']);
  assert.deepEqual(of('link'), ['link: </api/things?after=2>; rel="next"']);
  assert.deepEqual([of('content-length').length, of('transfer-encoding').length], [1, 0]);
});
