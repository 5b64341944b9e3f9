import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { knock } from '../src/knock.ts';
import { startFrozen } from './support/frozen.ts';
import { freePort, portOf } from './support/ports.ts';

test('somebody who takes connections is there, and so is one who refuses them', async (t) => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  assert.equal(await knock('127.0.0.1', portOf(server), 10_000), true);
  assert.equal(await knock('127.0.0.1', await freePort(), 10_000), true);
});

test('a process that stands still is there, since its machine takes connections', async (t) => {
  const { port, freeze } = await startFrozen(t, {});
  freeze();
  assert.equal(await knock('127.0.0.1', port, 10_000), true);
});

test('nobody is there where connections are neither taken nor refused', async (t) => {
  const { port, vanish } = await startFrozen(t, {});
  await vanish();
  assert.equal(await knock('127.0.0.1', port, 50), false);
});
