import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { engineNames } from '../src/engines.ts';
import { ask } from './support/client.ts';
import { routesTo } from './support/gateway.ts';
import { spawnGateway } from './support/process.ts';
import { startUpstream } from './support/upstream.ts';

test('1,000 clients keep their connections, and share far fewer to the upstream', async (t) => {
  const upstream = await startUpstream(t, (_req, res) => res.end('ok'));
  const { port, started } = await spawnGateway(t, routesTo({ things: upstream.url }));
  await started();
  const agents = Array.from({ length: 1_000 }, () => new http.Agent({ keepAlive: true, maxSockets: 1 }));
  t.after(() => {
    for (const agent of agents) agent.destroy();
  });
  const sockets = new Set<unknown>();
  const askOnce = async (agent: http.Agent): Promise<number> => {
    const req = http.get({ port, host: '127.0.0.1', path: '/api/things', agent });
    const [res] = await once(req, 'response');
    sockets.add(req.socket);
    await once(res.resume(), 'end');
    return res.statusCode;
  };
  for (let round = 0; round < 3; round += 1) {
    // as many at a time as the upstream's limit lets through
    for (let first = 0; first < agents.length; first += 200) {
      const statuses = await Promise.all(agents.slice(first, first + 200).map(askOnce));
      assert.deepEqual(new Set(statuses), new Set([200]));
    }
  }
  assert.equal(sockets.size, 1_000);
  assert.ok(upstream.accepted() <= 256, `${upstream.accepted()} connections`);
});

for (const GATEWAY_ENGINE of engineNames) {
  test(`${GATEWAY_ENGINE}: 2,500 clients that leave early leave no socket on either side, and no memory`, async (t) => {
    const arrivals = new Map<string, () => void>();
    const upstream = await startUpstream(t, (req, res) => {
      const path = req.url ?? '';
      if (path.endsWith('/body'))
        res.write('the beginning'); // else not even a head
      else arrivals.get(path)?.();
    });
    // it has 22 MB in use: with 17 KB left behind by each it would end
    const env = { GATEWAY_ENGINE, NODE_OPTIONS: '--max-old-space-size=64' };
    const { port, started, metric } = await spawnGateway(t, routesTo({ things: upstream.url }), env);
    await started();
    const sockets = () => metric('nodejs_active_resources', { type: 'TCPSocketWrap' });
    const files = () => metric('process_open_fds'); // on Linux; a socket is one
    const before = { sockets: await sockets(), files: await files() };
    const leaveEarly = async (round: number, each: number): Promise<void> => {
      const path = `/api/things/${round}/${each}/${each % 2 === 0 ? 'body' : 'head'}`;
      const arrived = new Promise<void>((resolve) => arrivals.set(path, resolve));
      const socket = net.connect(port, '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\nhost: h\r\n\r\n`);
      await (each % 2 === 0 ? once(socket, 'data') : arrived);
      arrivals.delete(path);
      socket.destroy();
    };
    for (let round = 0; round < 25; round += 1) {
      await Promise.all(Array.from({ length: 100 }, (_, each) => leaveEarly(round, each)));
    }
    assert.ok(upstream.accepted() >= 2_500, 'each took its connection to the upstream with it');
    await until('no connection to the upstream is left', () => upstream.sockets.size === 0);
    // the request for the metrics is itself in flight, before as after
    await until('nothing is in flight', async () => (await metric('http_requests_in_flight')) <= 1);
    await until('the gateway has no socket more', async () => (await sockets()) <= before.sockets);
    await until('nor a file', async () => (await files()) <= before.files);
    assert.equal(await metric('gateway_upstream_in_flight', { upstream: 'things' }), 0);
    assert.equal(await metric('gateway_upstream_circuit_state', { upstream: 'things' }), 0);
  });
}

test('answers of 1 MB to slow readers take no more memory, however many there are', async (t) => {
  const megabyte = Buffer.alloc(1_048_576, 'x');
  const upstream = await startUpstream(t, (_req, res) => res.end(megabyte));
  const { port, started, metric } = await spawnGateway(t, routesTo({ things: upstream.url }));
  await started();
  const readSlowly = async (): Promise<void> => {
    const req = http.get({ port, host: '127.0.0.1', path: '/api/things', agent: false });
    const [res] = await once(req, 'response');
    let bytes = 0;
    for await (const piece of res) {
      bytes += piece.length;
      res.pause();
      setImmediate(() => res.resume());
    }
    assert.equal(bytes, megabyte.length);
  };
  const read = async (rounds: number): Promise<number> => {
    for (let round = 0; round < rounds; round += 1) await Promise.all(Array.from({ length: 10 }, readSlowly));
    return metric('process_resident_memory_bytes');
  };
  const before = await read(5);
  const grown = (await read(20)) - before;
  assert.ok(grown < 100 * 1_048_576, `${Math.round(grown / 1_048_576)} MB more after 200 MB`);
  assert.equal((await ask(port, '/api/things')).body.length, megabyte.length);
});
