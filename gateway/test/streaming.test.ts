import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../test/support/until.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { startUpstream } from './support/upstream.ts';

const megabyte = Buffer.alloc(1_048_576, 'x');

async function begin(port: number): Promise<IncomingMessage> {
  const req = http.get({ port, host: '127.0.0.1', path: '/api/things', agent: false });
  const [res] = await once(req, 'response');
  return res;
}

test('an answer of 1 MB reaches a slow reader whole', async (t) => {
  const upstream = await startUpstream(t, (_req, res) => res.end(megabyte));
  const { port } = await startGateway(t, routesTo({ things: upstream.url }));
  const res = await begin(port);
  let bytes = 0;
  for await (const chunk of res) {
    bytes += chunk.length;
    res.pause();
    setImmediate(() => res.resume());
  }
  assert.equal(bytes, megabyte.length);
});

test('an upstream is read no faster than its client reads', async (t) => {
  const total = 64;
  let written = 0;
  const upstream = await startUpstream(t, async (_req, res) => {
    for (; written < total; written += 1) if (!res.write(megabyte)) await once(res, 'drain');
    res.end();
  });
  // Longer than this a client that reads nothing is waited for: the upstream must not be blamed meanwhile.
  const limits = { bodyIdleMs: 100 };
  const { port, routes } = await startGateway(t, routesTo({ things: upstream.url }), { limits });
  const res = await begin(port);
  let before = -1;
  await until('the upstream has to wait', async () => {
    const isStill = written === before && written > 0;
    before = written;
    if (!isStill) await wait(3 * limits.bodyIdleMs);
    return isStill;
  });
  // what is under way fits the buffers of two connections: the kernel takes some megabytes for each
  assert.ok(written < total / 2, `${written} MB were taken for a client that reads nothing`);
  assert.equal((await routes()).upstreams[0]?.inFlight, 1);
  let bytes = 0;
  for await (const chunk of res) bytes += chunk.length;
  assert.equal(bytes, total * megabyte.length);
  assert.equal((await routes()).upstreams[0]?.replicas[0]?.circuit, 'closed');
});

test('a client that reads nothing for too long is let go, and is nobody else’s failure', async (t) => {
  const upstream = await startUpstream(t, (_req, res) => {
    res.on('error', () => res.destroy());
    const more = (): void => {
      while (!res.destroyed && res.write(megabyte));
    };
    res.on('drain', more);
    more();
  });
  const limits = { clientIdleMs: 100, failures: 1 };
  const { port, routes } = await startGateway(t, routesTo({ things: upstream.url }), { limits });
  const res = await begin(port);
  await until('the upstream is let go', () => upstream.sockets.size === 0);
  assert.equal((await routes()).upstreams[0]?.replicas[0]?.circuit, 'closed');
  res.destroy();
});
