import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { arrive } from '../src/load/arrive.ts';
import { countBetween } from '../src/load/count.ts';

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function pathsFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'paths');
  await writeFile(file, '/a\n/b\n');
  return file;
}

const count = async (options: Parameters<typeof arrive>[0]) => countBetween((await arrive(options)).outcomes);

const load = { steps: [{ rate: 200, seconds: 1 }], connections: 8, seed: 1 };

test('every request that is due is sent, to paths in random order, and counted by its answer', async (t) => {
  const asked: string[] = [];
  const origin = await serve(t, (request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/a') response.end('fine');
    else response.writeHead(503, { 'retry-after': '1' }).end();
  });
  const result = await count({ ...load, origin, pathsFile: await pathsFile(t) });
  const of = (path: string): number => asked.filter((one) => one === path).length;
  assert.equal(result.sent, asked.length);
  assert.deepEqual([result.ok, result.refused, result.failed], [of('/a'), of('/b'), 0]);
  assert.ok(result.ok > 0 && result.refused > 0);
  assert.equal(result.withoutRetryAfter, 0);
});

test('a careless client repeats at once what was refused', async (t) => {
  let asked = 0;
  const origin = await serve(t, (_request, response) => {
    asked += 1;
    response.writeHead(503).end();
  });
  const result = await count({ ...load, origin, pathsFile: await pathsFile(t), retries: 3 });
  assert.equal(asked, 4 * result.sent);
  assert.equal(result.refused, result.sent);
});

test('latency counts from the moment a request was due, so a stall shows in all that it kept waiting', async (t) => {
  let stalled = false;
  const origin = await serve(t, (_request, response) => {
    if (stalled) return response.end();
    stalled = true; // the first one holds the only connection
    setTimeout(() => response.end(), 500);
    return undefined;
  });
  const result = await count({ ...load, origin, pathsFile: await pathsFile(t), connections: 1 });
  assert.equal(result.failed, 0);
  // a closed loop would have seen one slow answer among fast ones
  assert.ok((result.p50Ms ?? 0) > 10, `the median is ${result.p50Ms} ms`);
});

test('nobody waits longer than the timeout: what comes later has failed', async (t) => {
  const origin = await serve(t, () => undefined);
  const result = await count({
    ...load,
    origin,
    pathsFile: await pathsFile(t),
    steps: [{ rate: 20, seconds: 0.5 }],
    connections: 64,
    timeoutMs: 300,
  });
  assert.ok(result.sent > 0);
  assert.equal(result.failed, result.sent);
});
