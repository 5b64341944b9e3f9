import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { choosePorts } from '../src/environments/ports.ts';

async function busyPort(t: TestContext): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return address.port;
}

describe('the ports of an environment', () => {
  it('all differ, and lie below those of outgoing connections', async () => {
    const ports = await choosePorts(Array.from({ length: 100 }, () => ({})));
    assert.equal(new Set(ports).size, 100);
    assert.ok(ports.every((port) => port > 1_024 && port < 32_768));
  });

  it('are those of the last time where they are still free', async (t) => {
    const [free = 0] = await choosePorts([{}]);
    const busy = await busyPort(t);
    const [first, second] = await choosePorts([{ preferred: free }, { preferred: busy }]);
    assert.equal(first, free);
    assert.notEqual(second, busy);
  });

  it('leave a fixed one to whom it belongs', async () => {
    const [port = 0] = await choosePorts([{}]);
    const [other, fixed] = await choosePorts([
      { preferred: port },
      { fixed: port, variable: 'GATEWAY_PORT' },
    ]);
    assert.equal(fixed, port);
    assert.notEqual(other, port);
  });

  it('name the variable to change when a fixed one is busy', async (t) => {
    const busy = await busyPort(t);
    await assert.rejects(choosePorts([{ fixed: busy, variable: 'MONOLITH_PORT' }]), {
      name: 'CannotStart',
      message: `Port ${busy} is busy: set MONOLITH_PORT to another port.`,
    });
  });
});
