import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { routeTableSchema } from '../src/route-table.ts';
import { ask } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { startUpstream } from './support/upstream.ts';

const upstream = { name: 'a', url: 'http://a:1', weight: 1 };
const table = (...routes: unknown[]) => ({ version: 1, routes });

test('a route table is refused for whatever could not be meant', () => {
  const bad: [string, unknown][] = [
    ['no version', { routes: [] }],
    ['an unknown member', { ...table(), comment: '' }],
    ['a prefix that is no path', table({ prefix: 'api', upstreams: [upstream] })],
    ['a slash at the end', table({ prefix: '/api/', upstreams: [upstream] })],
    ['an encoded prefix', table({ prefix: '/%61', upstreams: [upstream] })],
    ['no upstream', table({ prefix: '/a', upstreams: [] })],
    ['no weight', table({ prefix: '/a', upstreams: [{ ...upstream, weight: 0 }] })],
    ['a negative weight', table({ prefix: '/a', upstreams: [{ ...upstream, weight: -1 }] })],
    ['https', table({ prefix: '/a', upstreams: [{ ...upstream, url: 'https://a' }] })],
    ['a path in a URL', table({ prefix: '/a', upstreams: [{ ...upstream, url: 'http://a/b' }] })],
    ['credentials', table({ prefix: '/a', upstreams: [{ ...upstream, url: 'http://u:p@a' }] })],
    ['no address', table({ prefix: '/a', upstreams: [{ ...upstream, addresses: [] }] })],
    ['a name as an address', table({ prefix: '/a', upstreams: [{ ...upstream, addresses: ['a'] }] })],
    [
      'an address twice',
      table({ prefix: '/a', upstreams: [{ ...upstream, addresses: ['127.0.0.1', '127.0.0.1'] }] }),
    ],
    [
      'a name for two lists of addresses',
      table(
        { prefix: '/a', upstreams: [{ ...upstream, addresses: ['127.0.0.1'] }] },
        { prefix: '/b', upstreams: [upstream] },
      ),
    ],
    ['no URL', table({ prefix: '/a', upstreams: [{ ...upstream, url: 'a' }] })],
    [
      'a prefix twice',
      table({ prefix: '/a', upstreams: [upstream] }, { prefix: '/a', upstreams: [upstream] }),
    ],
    [
      'a name for two URLs',
      table(
        { prefix: '/a', upstreams: [upstream] },
        { prefix: '/b', upstreams: [{ ...upstream, url: 'http://b' }] },
      ),
    ],
  ];
  for (const [what, value] of bad) assert.equal(routeTableSchema.safeParse(value).success, false, what);
  for (const good of [upstream, { ...upstream, addresses: ['127.0.0.1', '::1'] }]) {
    const routes = table({ prefix: '/a', upstreams: [good] }, { prefix: '/b', upstreams: [good] });
    assert.equal(routeTableSchema.safeParse(routes).success, true);
  }
});

test('new routes are taken into use while requests go on, and bad ones are not', async (t) => {
  const old = await startUpstream(t, (_req, res) => res.end('old'));
  const next = await startUpstream(t, (_req, res) => res.end('next'));
  const gateway = await startGateway(t, routesTo({ things: old.url }, 1));
  const answered = async () => (await ask(gateway.port, '/api/things')).body;
  assert.equal(await answered(), 'old');

  await gateway.writeRoutes('{"version": 2, "routes": [');
  await gateway.writeRoutes(routesTo({ things: next.url }, 3));
  await until('version 3 is in use', async () => (await gateway.routes()).version === 3);
  assert.equal(await answered(), 'next');
  await until('the old connections are closed', () => old.sockets.size === 0);

  await gateway.writeRoutes(routesTo({ things: 'ftp://x' }, 4));
  await gateway.writeRoutes(routesTo({ others: next.url }, 5));
  await until('version 5 is in use', async () => (await gateway.routes()).version === 5);
  assert.equal((await ask(gateway.port, '/api/things')).status, 404);
  assert.equal((await ask(gateway.port, '/api/others')).body, 'next');
});

test('an upstream that stays keeps its connections and its circuit, and one that goes ends what it began', async (t) => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let begun = 0;
  const leaving = await startUpstream(t, async (_req, res) => {
    begun += 1;
    await released;
    res.end('to the end');
  });
  const staying = await startUpstream(t, (_req, res) => res.end('staying'));
  const gateway = await startGateway(t, routesTo({ leaving: leaving.url, staying: staying.url }, 1));
  const asked = ask(gateway.port, '/api/leaving');
  await until('it is under way', () => begun === 1);
  await ask(gateway.port, '/api/staying');
  await gateway.writeRoutes(routesTo({ staying: staying.url }, 2));
  await until('version 2 is in use', async () => (await gateway.routes()).version === 2);
  await ask(gateway.port, '/api/staying');
  assert.equal(staying.accepted(), 1);
  release();
  assert.equal((await asked).body, 'to the end');
  await until('its connection is closed', () => leaving.sockets.size === 0);
});

test('routes are shown on the control port only, to who has the token', async (t) => {
  const upstream = await startUpstream(t, (_req, res) => res.end());
  const gateway = await startGateway(t, routesTo({ things: upstream.url }, 7));
  assert.deepEqual(await gateway.routes(), {
    ...routesTo({ things: upstream.url }, 7),
    upstreams: [
      {
        name: 'things',
        url: upstream.url,
        inFlight: 0,
        replicas: [{ address: '127.0.0.1', circuit: 'closed', inFlight: 0 }],
      },
    ],
  });
  assert.equal((await ask(gateway.port, '/routes')).status, 404);
  assert.equal((await ask(gateway.adminPort, '/routes')).status, 404);
});
