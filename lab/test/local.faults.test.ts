import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../test/support/until.ts';
import { createFaults } from '../src/environments/local/faults.ts';
import { inspect, signal } from '../src/environments/local/processes.ts';
import { isReady, refuses } from '../src/environments/local/readiness.ts';
import { superviseAnswers } from './support/supervised.ts';

describe('a fault', () => {
  it('by kill: the process is gone and its port refuses', async (t) => {
    const { process, port } = await superviseAnswers(t);
    await process.start();
    const pid = process.pid() ?? 0;
    await createFaults().kill({ name: 'posts', process, port });
    assert.equal(await inspect(pid), undefined);
    assert.ok(await refuses(port));
    assert.equal(process.pid(), undefined);
  });

  it('by pause: the port accepts and nothing answers until the process is resumed', async (t) => {
    const { process, port } = await superviseAnswers(t);
    await process.start();
    const target = { name: 'posts', process, port } as const;
    const faults = createFaults();
    await faults.pause(target);
    assert.equal(await refuses(port), false);
    assert.equal(await isReady(port), false);
    await faults.resume(target);
    assert.ok(await isReady(port));
  });

  it('is not taken for real when the process did not stay paused', async (t) => {
    const { process, port } = await superviseAnswers(t);
    await process.start();
    const target = { name: 'posts', process, port } as const;
    const faults = createFaults();
    await faults.pause(target);
    const pid = process.pid() ?? 0;
    signal(pid, 'SIGCONT');
    await until('it goes on', async () => (await inspect(pid))?.state !== 'T');
    await assert.rejects(faults.resume(target), /did not stay paused/);
  });

  it('cannot hit what is down', async (t) => {
    const { process, port } = await superviseAnswers(t);
    await assert.rejects(createFaults().kill({ name: 'posts', process, port }), /posts is not running/);
  });
});
