import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';
import { createPatience } from '../src/patience.ts';
import { portOf } from './support/ports.ts';

test('what arrived while the process itself was held up is read before time is over', async (t) => {
  const server = net.createServer().listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const socket = net.connect(portOf(server), '127.0.0.1');
  t.after(() => socket.destroy());
  const [peer] = await once(server, 'connection');
  const events: string[] = [];
  const patience = createPatience(20, () => events.push('over'));
  socket.once('data', () => {
    events.push('data');
    patience.end();
    socket.destroy();
  });
  peer.end('an answer');
  const heldUp = performance.now() + 100;
  while (performance.now() < heldUp);
  await once(socket, 'close');
  assert.deepEqual(events, ['data']);
});

test('time is over once, when nothing came', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  createPatience(1, () => resolve('over'));
  assert.equal(await promise, 'over');
});
