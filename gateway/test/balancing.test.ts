import assert from 'node:assert/strict';
import type { RequestListener, ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { freePort } from '../../replicas/test/support/ports.ts';
import { until } from '../../test/support/until.ts';
import type { Limits } from '../src/limits.ts';
import { ask } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { addresses, startUpstream, type TestUpstream } from './support/upstream.ts';

const [first, second] = addresses;

/** Two replicas at one port, and a gateway before a name that resolves to both. */
async function startTwo(t: TestContext, answer: RequestListener, limits: Partial<Limits> = {}) {
  const port = await freePort();
  const counts: Record<string, number> = { [first]: 0, [second]: 0 };
  const startAt = (address: string): Promise<TestUpstream> =>
    startUpstream(
      t,
      (req, res) => {
        counts[address] = (counts[address] ?? 0) + 1;
        res.setHeader('x-served-by', address);
        answer(req, res);
      },
      { address, port },
    );
  const replicas = { [first]: await startAt(first), [second]: await startAt(second) };
  const names = { current: [first, second] as string[] | Error };
  const resolve = async (): Promise<string[]> => {
    if (names.current instanceof Error) throw names.current;
    return names.current;
  };
  const routes = routesTo({ things: `http://things:${port}` });
  const gateway = await startGateway(t, routes, { resolve, limits: { resolveMs: 10, ...limits } });
  const circuits = async () => {
    const { replicas = [] } = (await gateway.routes()).upstreams[0] ?? {};
    return Object.fromEntries(replicas.map(({ address, circuit }) => [address, circuit]));
  };
  return { gateway, counts, replicas, names, startAt, circuits };
}

test('requests go to every address that a name resolves to, each in turn', async (t) => {
  const { gateway, counts } = await startTwo(t, (_req, res) => res.end());
  for (let sent = 0; sent < 100; sent += 1) await ask(gateway.port, '/api/things');
  assert.deepEqual(counts, { [first]: 50, [second]: 50 });
});

test('a replica with five more in flight than another is passed over', async (t) => {
  const held: ServerResponse[] = [];
  const { gateway, counts } = await startTwo(t, (req, res) => {
    if (req.socket.localAddress === second) held.push(res);
    else res.end();
  });
  const asked = Array.from({ length: 10 }, () => ask(gateway.port, '/api/things'));
  await until('its share is under way', () => held.length === 5);
  for (let sent = 0; sent < 20; sent += 1) await ask(gateway.port, '/api/things');
  assert.equal(counts[second], 5);
  for (const res of held) res.end();
  await Promise.all(asked);
});

test('a replica that dies costs no safe request anything, is left out, and gets its share when it is back', async (t) => {
  const limits = { restMs: 5 };
  const { gateway, counts, replicas, startAt, circuits } = await startTwo(
    t,
    (_req, res) => res.end(),
    limits,
  );
  await replicas[second]?.stop();
  // the floor of the retry budget pays for the failures that open the circuit
  for (let sent = 0; sent < 60; sent += 1) assert.equal((await ask(gateway.port, '/api/things')).status, 200);
  assert.notEqual((await circuits())[second], 'closed');
  await startAt(second);
  await until('it is asked again', async () => {
    assert.equal((await ask(gateway.port, '/api/things')).status, 200);
    return (await circuits())[second] === 'closed';
  });
  const before = { ...counts };
  for (let sent = 0; sent < 20; sent += 1) await ask(gateway.port, '/api/things');
  assert.deepEqual(
    [(counts[first] ?? 0) - (before[first] ?? 0), (counts[second] ?? 0) - (before[second] ?? 0)],
    [10, 10],
  );
});

test('a write does not probe a replica while another could take it', async (t) => {
  const limits = { restMs: 1 };
  const { gateway, replicas, circuits } = await startTwo(t, (_req, res) => res.end(), limits);
  await replicas[second]?.stop();
  await until('it is left out', async () => {
    await ask(gateway.port, '/api/things');
    return (await circuits())[second] !== 'closed';
  });
  for (let sent = 0; sent < 20; sent += 1) {
    assert.equal((await ask(gateway.port, '/api/things', { method: 'POST' })).status, 200);
  }
});

test('a probe of a replica that hangs leaves time to ask another', async (t) => {
  const hung = { address: '' };
  const limits = { headMs: 1_000, probeMs: 50, restMs: 50, failures: 1, connectMs: 2_000 };
  const held: ServerResponse[] = [];
  const { gateway, circuits } = await startTwo(
    t,
    (_req, res) => {
      if (res.getHeader('x-served-by') === hung.address) held.push(res);
      else res.end();
    },
    limits,
  );
  hung.address = second;
  await until('the hung one is left out', async () => {
    await ask(gateway.port, '/api/things');
    return (await circuits())[second] !== 'closed';
  });
  const probesBefore = held.length;
  await until('it was probed twice more', async () => {
    assert.equal((await ask(gateway.port, '/api/things')).status, 200);
    return held.length >= probesBefore + 2;
  });
});

test('a new address is used and a removed one is left, with no restart', async (t) => {
  const { gateway, counts, names, circuits } = await startTwo(t, (_req, res) => res.end());
  names.current = [second];
  await until('one is left', async () => Object.keys(await circuits()).length === 1);
  counts[first] = 0;
  for (let sent = 0; sent < 10; sent += 1) await ask(gateway.port, '/api/things');
  assert.equal(counts[first], 0);
  names.current = [first, second];
  await until('both are there', async () => Object.keys(await circuits()).length === 2);
  for (let sent = 0; sent < 10; sent += 1) await ask(gateway.port, '/api/things');
  assert.equal(counts[first], 5);
});

test('the last good addresses are used while the name server fails', async (t) => {
  const { gateway, names } = await startTwo(t, (_req, res) => res.end());
  for (const bad of [new Error('EAI_AGAIN'), []]) {
    let looked = 0;
    Object.defineProperty(names, 'current', {
      get() {
        looked += 1;
        return bad;
      },
      configurable: true,
    });
    await until('it was looked up', () => looked > 2);
    assert.equal((await ask(gateway.port, '/api/things')).status, 200);
  }
});

test('a name that never resolved is answered with 503', async (t) => {
  const resolve = () => Promise.reject(new Error('ENOTFOUND'));
  const gateway = await startGateway(t, routesTo({ things: 'http://nowhere:1' }), { resolve });
  const answer = await ask(gateway.port, '/api/things');
  assert.deepEqual([answer.status, answer.headers['retry-after']], [503, '1']);
});

test('addresses in the table count in place of the name, and one that stays keeps its circuit', async (t) => {
  const looked: string[] = [];
  const answering = await startUpstream(t, (_req, res) => res.end(), { address: first });
  const port = answering.port; // nothing answers there at the second address
  const routes = (version: number, addresses?: string[]) => ({
    version,
    routes: [
      {
        prefix: '/api/things',
        upstreams: [
          { name: 'things', url: `http://things:${port}`, weight: 1, ...(addresses && { addresses }) },
        ],
      },
    ],
  });
  const gateway = await startGateway(t, routes(1, [first, second]), {
    resolve: async (name) => {
      looked.push(name);
      return [first];
    },
    limits: { resolveMs: 10, restMs: 600_000 },
  });
  const circuits = async () => {
    const [things] = (await gateway.routes()).upstreams;
    return things?.replicas.map(({ address, circuit }) => [address, circuit]);
  };
  const use = async (version: number, addresses?: string[]): Promise<void> => {
    await gateway.writeRoutes(routes(version, addresses));
    await until('the table is in use', async () => (await gateway.routes()).version === version);
  };
  await until('the circuit of the one that does not answer is open', async () => {
    assert.equal((await ask(gateway.port, '/api/things')).status, 200);
    return (await circuits())?.[1]?.[1] === 'open';
  });
  await use(2, [second]);
  assert.deepEqual(await circuits(), [[second, 'open']]);
  assert.equal((await ask(gateway.port, '/api/things')).status, 503);
  await use(3, [first, second]);
  assert.deepEqual(await circuits(), [
    [first, 'closed'],
    [second, 'open'],
  ]);
  assert.equal((await ask(gateway.port, '/api/things')).status, 200);
  assert.equal(looked.length, 0);

  await use(4);
  await until('the name counts', async () => (await circuits())?.length === 1);
  assert.ok(looked.includes('things'));
});
