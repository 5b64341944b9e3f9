import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { startUpstream } from './support/upstream.ts';

test('a path reaches the upstream exactly as it was sent', async (t) => {
  const paths: string[] = [];
  const upstream = await startUpstream(t, (req, res) => {
    paths.push(req.url ?? '');
    res.end();
  });
  const { port } = await startGateway(t, routesTo({ things: upstream.url }));
  const sent = [
    '/api/things',
    '/api/things/',
    '/api/things//1',
    '/api/things/%31',
    '/api/things/1?x=//',
    '/api/things?',
    '/api/things?a=1?b=2??',
    '/api/things?to=http://host//path',
    '/api/things/../secret',
    '/api/things/./1',
    '/api/things/http://host//x',
    '/api/things/%2e%2e/%2F',
    '/api/things/a\\b',
    '/api/things/"<{|}>^`\'',
    '/api/things/%zz;p=1,2&@:$',
  ];
  for (const path of sent) await ask(port, path);
  assert.deepEqual(paths, sent);
});

test('a path that no prefix covers is answered with 404 and is not forwarded', async (t) => {
  let forwarded = 0;
  const upstream = await startUpstream(t, (_req, res) => {
    forwarded += 1;
    res.end();
  });
  const { port } = await startGateway(t, routesTo({ things: upstream.url }));
  for (const path of [
    '/api/thingsX',
    '/api/Things',
    '/api//things',
    '/api/other',
    '/api/thing',
    '/api/%74hings',
  ]) {
    const answer = await ask(port, path, { headers: { 'x-request-id': 'mine' } });
    assert.equal(answer.status, 404);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    assert.equal(
      answer.body,
      `{"type":"about:blank","title":"Not Found","status":404,"detail":"There is nothing at this path.","instance":"${path}","requestId":"mine"}`,
    );
  }
  assert.equal(forwarded, 0);
});

test('the longest prefix decides, whatever the order in the file', async (t) => {
  const outer = await startUpstream(t, (_req, res) => res.end('outer'));
  const inner = await startUpstream(t, (_req, res) => res.end('inner'));
  const rest = await startUpstream(t, (_req, res) => res.end('rest'));
  const { port } = await startGateway(t, {
    version: 1,
    routes: [
      { prefix: '/', upstreams: [{ name: 'rest', url: rest.url, weight: 1 }] },
      { prefix: '/api/a', upstreams: [{ name: 'outer', url: outer.url, weight: 1 }] },
      { prefix: '/api/a/b', upstreams: [{ name: 'inner', url: inner.url, weight: 1 }] },
    ],
  });
  const bodies: string[] = [];
  for (const path of ['/api/a', '/api/a/bc', '/api/a/b', '/api/a/b/c', '/api/b'])
    bodies.push((await ask(port, path)).body);
  assert.deepEqual(bodies, ['outer', 'outer', 'inner', 'inner', 'rest']);
});

test('weights choose the upstream, and 0 is never chosen', async (t) => {
  const counts = { old: 0, new: 0, none: 0 };
  const serve = (name: keyof typeof counts) =>
    startUpstream(t, (_req, res) => {
      counts[name] += 1;
      res.end();
    });
  const weights = { old: 30, new: 10, none: 0 };
  const upstreams = [
    { name: 'old', url: (await serve('old')).url, weight: weights.old },
    { name: 'none', url: (await serve('none')).url, weight: weights.none },
    { name: 'new', url: (await serve('new')).url, weight: weights.new },
  ];
  const { port } = await startGateway(t, { version: 1, routes: [{ prefix: '/api/a', upstreams }] });
  for (let sent = 0; sent < 400; sent += 1) await ask(port, '/api/a');
  assert.equal(counts.none, 0);
  // 300 and 100 expected, standard deviation 8.7: six of them is one failure in 10^9 runs
  assert.ok(Math.abs(counts.new - 100) < 53, `${counts.new} of 400 at a weight of a quarter`);
});

test('every method is forwarded, and HEAD answers without a body', async (t) => {
  const upstream = await startUpstream(t, (req, res) => {
    res.setHeader('x-method', req.method ?? '');
    res.end(req.method === 'HEAD' ? undefined : 'body');
  });
  const { port } = await startGateway(t, routesTo({ things: upstream.url }));
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE']) {
    const answer = await ask(port, '/api/things', { method });
    assert.equal(answer.headers['x-method'], method);
    assert.equal(answer.body, method === 'HEAD' ? '' : 'body');
  }
});

test('a WebSocket upgrade is refused with 426', async (t) => {
  const upstream = await startUpstream(t, (_req, res) => res.end());
  const { port } = await startGateway(t, routesTo({ things: upstream.url }));
  const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
  const answer = await ask(port, '/api/things', { headers });
  assert.equal(answer.status, 426);
  assert.equal(answer.headers.upgrade, 'HTTP/1.1');
  assert.equal(upstream.accepted(), 0);
});
