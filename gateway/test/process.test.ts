import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { ask } from './support/client.ts';
import { routesTo } from './support/gateway.ts';
import { spawnGateway } from './support/process.ts';
import { startUpstream } from './support/upstream.ts';

test('a routes file that cannot be used is one sentence and exit 1', async (t) => {
  for (const [content, sentence] of [
    ['{', 'The routes file cannot be used: it is not JSON.\n'],
    [{ version: 'one', routes: [] }, /^The routes file cannot be used: version .*\.\n$/],
  ] as const) {
    const { exited, printed } = await spawnGateway(t, content);
    const [code] = await exited;
    assert.equal(code, 1);
    if (typeof sentence === 'string') assert.equal(printed.err, sentence);
    else assert.match(printed.err, sentence);
  }
});

test('new routes and refused ones are logged, and users see no warnings of Node', async (t) => {
  const upstream = await startUpstream(t, (_req, res) => res.end('ok'));
  const url = upstream.url.replace('localhost', '127.0.0.1');
  const { printed, started, port, adminPort, file } = await spawnGateway(t, routesTo({ things: url }));
  await started();
  assert.equal((await ask(adminPort, '/readyz')).status, 200);
  assert.equal((await ask(port, '/api/things', { method: 'POST', body: 'x' })).body, 'ok');
  await file.write('{');
  await until('it is refused', () => printed.out.includes('it is not JSON'));
  await file.write(routesTo({ others: url }, 1));
  await until('it is refused', () => printed.out.includes('its version is still 1'));
  await file.write(routesTo({ others: url }, 2));
  await until('it is taken', () => printed.out.includes('new routes are in use'));
  assert.equal((await ask(port, '/api/others')).body, 'ok');
  await until('the answers are logged', () => printed.out.includes('"route":"/api/others"'));
  assert.equal(printed.err, '');
});

test('SIGTERM lets an answer under way end, says Connection: close, and exits 0', async (t) => {
  let begun = 0;
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const upstream = await startUpstream(t, async (_req, res) => {
    begun += 1;
    await released;
    res.end('to the end');
  });
  const url = upstream.url.replace('localhost', '127.0.0.1');
  const { child, exited, started, port } = await spawnGateway(t, routesTo({ things: url }), {
    DRAIN_DELAY_MS: '300',
  });
  await started();
  const agent = new http.Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  await ask(port, '/', { agent });
  const asked = ask(port, '/api/things', { agent });
  await until('it is under way', () => begun === 1);
  child.kill('SIGTERM');
  await until('it is draining', async () => (await ask(port, '/readyz')).status === 503);
  const late = ask(port, '/api/things');
  await until('a late one is under way', () => begun === 2);
  release();
  assert.equal((await asked).body, 'to the end');
  assert.deepEqual([(await late).body, (await late).headers.connection], ['to the end', 'close']);
  assert.deepEqual(await exited, [0, null]);
});
