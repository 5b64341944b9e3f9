import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { choosePorts } from '../../lab/src/environments/ports.ts';
import { within } from '../../lab/src/environments/within.ts';
import { answers } from '../src/load/answers.ts';

test('the replicas count attempts, tell those whose request id they know, and fail as they are told', async (t) => {
  const [port = 0] = await choosePorts([{}]);
  const env = { PORT: String(port), ADDRESSES: '127.0.0.1' };
  const replicas = spawn(process.execPath, [join(import.meta.dirname, '../peers/replicas.js')], { env });
  t.after(async () => {
    replicas.kill();
    await once(replicas, 'exit');
  });
  const origin = `http://127.0.0.1:${port}`;
  assert.ok(await within(10_000, () => answers(origin)));
  const ask = (id: string) => fetch(origin, { headers: { 'x-request-id': id } });
  const counts = async () => (await fetch(`${origin}/control?fault=503&failing=1`)).json();
  await counts();
  assert.deepEqual(
    [(await ask('a')).status, (await ask('b')).status, (await ask('a')).status],
    [503, 503, 503],
  );
  assert.deepEqual(await counts(), { attempts: 3, repeated: 1 });
  assert.deepEqual(await counts(), { attempts: 0, repeated: 0 });
});
