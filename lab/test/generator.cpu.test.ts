import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { type TestContext, test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { followCpu } from '../src/generator/process-cpu.ts';

const skip = process.platform !== 'linux' && 'only Linux tells';

/** A process that uses as much CPU as it gets, ended with the test. */
const spin = (t: TestContext): number => {
  const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error('it did not start');
  return child.pid;
};

test('CPU and waiting are told from the beginning of the load on, the CPU time from the start', {
  skip,
}, async (t) => {
  // one more than there are cores: some have to wait
  const pids = Array.from({ length: availableParallelism() + 1 }, () => spin(t));
  const followers = pids.map((pid) => followCpu(async () => pid));
  t.after(() => followers.forEach((cpu) => void cpu.stop()));
  await until('they use CPU', () => followers.every((cpu) => (cpu.use().cpuSeconds ?? 0) > 0));
  for (const cpu of followers) assert.deepEqual([cpu.use().cores, cpu.use().waitShare], [null, null]);
  for (const cpu of followers) cpu.begin();
  await until('they used cores', () => followers.every((cpu) => (cpu.use().cores ?? 0) > 0));
  for (const cpu of followers) {
    const { cores, waitShare } = cpu.stop();
    assert.ok(cores !== null && cores < 1.5, `${cores}`);
    assert.ok(waitShare === null || (waitShare >= 0 && waitShare < 1), `${waitShare}`);
  }
  assert.ok(followers.some((cpu) => (cpu.use().waitShare ?? 1) > 0));
});

test('a process that is gone tells nothing', { skip }, async (t) => {
  const cpu = followCpu(async () => 2 ** 22 + 1); // above the most that Linux gives
  t.after(() => cpu.stop());
  cpu.begin();
  assert.deepEqual(cpu.use(), { cpuSeconds: null, cores: null, waitShare: null });
});
