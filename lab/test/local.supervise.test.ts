import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../test/support/until.ts';
import { inspect, signal } from '../src/environments/local/processes.ts';
import { isReady, refuses } from '../src/environments/local/readiness.ts';
import type { Supervised } from '../src/environments/local/supervise.ts';
import { superviseAnswers } from './support/supervised.ts';

function runningPid(process: Supervised): number {
  const pid = process.pid();
  assert.ok(pid);
  return pid;
}

async function killFromOutside(process: Supervised): Promise<void> {
  const pid = runningPid(process);
  signal(pid, 'SIGKILL');
  await until('another process runs', () => ![pid, undefined].includes(process.pid()));
}

describe('a supervised process', () => {
  it('is started again on its port, later each time, when it is killed from outside', async (t) => {
    const { process, port, reports } = await superviseAnswers(t);
    await process.start();
    await killFromOutside(process);
    await killFromOutside(process);
    await until('it answers', () => isReady(port));
    assert.deepEqual(reports, [
      'answers ended (SIGKILL): started again in 100 ms.',
      'answers ended (SIGKILL): started again in 200 ms.',
    ]);
  });

  it('stays down when it was killed on purpose, until it is started', async (t) => {
    const { process, port, reports } = await superviseAnswers(t);
    await process.start();
    const pid = runningPid(process);
    await process.kill();
    assert.equal(await inspect(pid), undefined);
    assert.ok(await refuses(port));
    await process.start();
    assert.ok(await isReady(port));
    assert.deepEqual(reports, []);
  });

  it('stays down when it is stopped while it waits to be started again', async (t) => {
    const { process, port, reports } = await superviseAnswers(t);
    await process.start();
    signal(runningPid(process), 'SIGKILL');
    await until('its end was seen', () => reports.length === 1);
    await process.stop();
    await process.start(); // throws if it was running already
    assert.ok(await isReady(port));
  });

  it('is stopped in order even while SIGSTOP holds it', async (t) => {
    const { process } = await superviseAnswers(t);
    await process.start();
    const pid = runningPid(process);
    signal(pid, 'SIGSTOP');
    await process.stop();
    assert.equal(await inspect(pid), undefined);
  });

  it('is killed when it ignores the order to stop', async (t) => {
    const { process } = await superviseAnswers(t, 'stubborn');
    await process.start();
    const pid = runningPid(process);
    await process.stop();
    assert.equal(await inspect(pid), undefined);
  });

  it('shows the last lines of its log when it does not start', async (t) => {
    const { process } = await superviseAnswers(t, 'broken');
    await assert.rejects(process.start(), {
      name: 'CannotStart',
      message: 'answers did not start: exit code 1.\n  PORT has a value that cannot be used.',
    });
  });
});
