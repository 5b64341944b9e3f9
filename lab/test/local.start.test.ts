import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { until } from '../../test/support/until.ts';
import { inspect } from '../src/environments/local/processes.ts';
import {
  ended,
  type Ready,
  resetScript,
  startBoth,
  startEnv,
  startScript,
  temporaryPlace,
  untilNothingIsLeft,
} from './support/started.ts';

const run = promisify(execFile);

function componentOf({ components }: Ready, name: string): Ready['components'][number] {
  const component = components.find((one) => one.name === name);
  assert.ok(component);
  return component;
}

describe('npm start', () => {
  it('prints one line of JSON, restarts what is killed, and leaves nothing after SIGTERM', async (t) => {
    const place = await temporaryPlace(t);
    const started = await startBoth(t, place);
    assert.equal(started.output().trimEnd().split('\n').length, 1);
    const killed = ['monolith', 'monolith-db', 'gateway', 'posts', 'posts-db'].map((name) =>
      componentOf(started, name),
    );
    for (const { pid } of killed) process.kill(pid, 'SIGKILL');
    for (const { name, pid } of killed) await until(`${name} has ended`, async () => !(await inspect(pid)));
    for (const base of [started.monolith, started.microservices]) {
      await until('posts are answered again', () => answers(`${base}/api/posts/in-thread/1`));
    }
    assert.equal(await ended(started.child, 'SIGTERM'), 0);
    await untilNothingIsLeft(started, place);
  });

  it('leaves nothing when it is killed itself, hung components included', async (t) => {
    const place = await temporaryPlace(t);
    const started = await startBoth(t, place);
    process.kill(componentOf(started, 'users').pid, 'SIGSTOP');
    process.kill(componentOf(started, 'users-db').pid, 'SIGSTOP');
    await ended(started.child, 'SIGKILL');
    await untilNothingIsLeft(started, place);
  });

  it('keeps data in --data, and stops when the shell that started it is killed', async (t) => {
    const place = await temporaryPlace(t);
    const data = join(place, 'kept');
    const first = await startBoth(t, place, ['--data', data]);
    const body = JSON.stringify({ username: 'kept', name: 'Kept', bio: '' });
    const headers = { 'content-type': 'application/json' };
    const made = await fetch(`${first.microservices}/api/users`, { method: 'POST', body, headers });
    assert.equal(made.status, 201);
    assert.equal(await ended(first.child, 'SIGINT'), 0);

    const command = `"${process.execPath}" "${startScript}" --json --data "${data}"; true`;
    const shell = spawn('/bin/sh', ['-c', command], {
      env: { ...process.env, ...startEnv(place) },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    t.after(() => shell.kill('SIGKILL'));
    const [line] = await once(shell.stdout, 'data');
    const second: Ready = JSON.parse(String(line));
    assert.equal((await fetch(`${second.microservices}${made.headers.get('location')}`)).status, 200);
    await assert.rejects(run(process.execPath, [resetScript, '--data', data]), /in use by process/);
    await ended(shell, 'SIGKILL');
    await until('the folder is let go', () => !existsSync(join(data, 'holder.json')));
    const reset = await run(process.execPath, [resetScript, '--data', data]);
    assert.equal(reset.stdout, `Removed ${data}.\n`);
    await untilNothingIsLeft(second, place);
  });

  it('can be stopped while it starts', async (t) => {
    const place = await temporaryPlace(t);
    const child = spawn(process.execPath, [startScript], { env: { ...process.env, ...startEnv(place) } });
    t.after(() => child.kill('SIGKILL'));
    await until('it has begun', async () => (await readdir(place)).length > 0);
    assert.equal(await ended(child, 'SIGTERM'), 0);
    assert.deepEqual(await readdir(place), []);
  });

  it('says in one sentence which variable to change when a port is busy', async (t) => {
    const place = await temporaryPlace(t);
    const server = createServer().listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    const env = { ...process.env, ...startEnv(place), GATEWAY_PORT: String(address.port) };
    await assert.rejects(run(process.execPath, [startScript, '--json'], { env }), {
      code: 1,
      stdout: '',
      stderr: `Port ${address.port} is busy: set GATEWAY_PORT to another port.\n`,
    });
    assert.deepEqual(await readdir(place), []);
  });
});

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined); // nothing listens yet
  return response?.ok ?? false;
}
