import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type TestContext, test } from 'node:test';
import { createPeer } from '@cleave/module-kit/peer';
import { startFrozen } from '../../replicas/test/support/frozen.ts';
import { freePort } from '../../replicas/test/support/ports.ts';
import { until } from '../../test/support/until.ts';

const [first, second] = ['127.0.0.1', process.platform === 'darwin' ? '::1' : '127.0.0.2'] as const;
const patienceMs = 5_000;

/** A replica that counts what it is asked. */
async function startReplica(t: TestContext, address: string, port: number, answer?: RequestListener) {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(req.url ?? '');
    if (answer) return answer(req, res);
    res.setHeader('content-type', 'application/json').end('[]');
  }).listen(port, address);
  await once(server, 'listening');
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  t.after(stop);
  return { asked, stop };
}

function openPeer(t: TestContext, port: number, names: string[]) {
  const peer = createPeer('things', `http://things:${port}`, patienceMs, async () => names);
  t.after(() => peer.close());
  return peer;
}

test('reads go to every replica of a peer, each in turn', async (t) => {
  const port = await freePort();
  const replicas = [await startReplica(t, first, port), await startReplica(t, second, port)];
  const peer = openPeer(t, port, [first, second]);
  for (let sent = 0; sent < 40; sent += 1) assert.equal((await peer.get('/api/things')).status, 200);
  assert.deepEqual(
    replicas.map(({ asked }) => asked.length),
    [20, 20],
  );
});

test('a replica that was added gets its share, and one that was removed gets nothing', async (t) => {
  const port = await freePort();
  const replicas = [await startReplica(t, first, port), await startReplica(t, second, port)];
  const names = [first as string];
  const peer = openPeer(t, port, names);
  await peer.get('/before');
  names.push(second);
  await until('the new one is asked', async () => {
    await peer.get('/until');
    return replicas[1]?.asked.length !== 0;
  });
  names.shift();
  await until('the other is not asked any more', async () => {
    const before = replicas[0]?.asked.length;
    for (let sent = 0; sent < 4; sent += 1) await peer.get('/after');
    return replicas[0]?.asked.length === before;
  });
});

test('a read is sent to another replica when one refuses, cuts off or stands still', async (t) => {
  const port = await freePort();
  const whole = await startReplica(t, first, port);
  const refusing = openPeer(t, port, [first, second]);
  for (let sent = 0; sent < 4; sent += 1) assert.equal((await refusing.get('/refused')).status, 200);
  const cutting = await startReplica(t, second, port, (req) => req.socket.destroy());
  const cut = openPeer(t, port, [first, second]);
  for (let sent = 0; sent < 4; sent += 1) assert.equal((await cut.get('/cut')).status, 200);
  assert.ok(cutting.asked.length > 0);
  cutting.stop();
  const still = await startReplica(t, second, port, () => {});
  const waiting = openPeer(t, port, [first, second]);
  for (let sent = 0; sent < 4; sent += 1) assert.equal((await waiting.get('/still')).status, 200);
  assert.ok(still.asked.length > 0 && whole.asked.length >= 12);
});

test('a replica whose machine vanishes costs no read anything', async (t) => {
  const port = await freePort();
  await startReplica(t, first, port);
  const lost = await startFrozen(t, { address: second, port });
  const peer = openPeer(t, port, [first, second]);
  const read = async () => assert.equal((await peer.get('/api/things')).status, 200);
  await Promise.all(Array.from({ length: 10 }, read));
  await lost.vanish();
  await Promise.all(Array.from({ length: 20 }, read));
});

test('a peer without a name is not asked, and is as soon as it has one', async (t) => {
  const port = await freePort();
  await startReplica(t, first, port);
  const names: string[] = [];
  const peer = openPeer(t, port, names);
  await assert.rejects(peer.get('/api/things'), { message: 'things is not asked for now.' });
  names.push(first);
  assert.equal((await peer.get('/api/things')).status, 200);
});
