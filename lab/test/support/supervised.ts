import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { isReady } from '../../src/environments/local/readiness.ts';
import { type Supervised, supervise } from '../../src/environments/local/supervise.ts';
import { startWatchdog } from '../../src/environments/local/watchdog.ts';
import { choosePorts } from '../../src/environments/ports.ts';

export const answers = join(import.meta.dirname, '../fixtures/answers.ts');

/** A supervised throw-away process that answers on `port`; it goes with the test. */
export async function superviseAnswers(
  t: TestContext,
  mood = '',
): Promise<{ process: Supervised; port: number; reports: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-test-'));
  const [port = 0] = await choosePorts([{}]);
  const watchdog = startWatchdog(folder);
  const reports: string[] = [];
  const supervised = supervise({
    name: 'answers',
    command: () => ({ file: process.execPath, args: [answers, String(port), mood] }),
    isReady: () => isReady(port),
    logFile: join(folder, 'log'),
    stopSignal: 'SIGTERM',
    graceMs: 300,
    watchdog,
    report: (sentence) => reports.push(sentence),
  });
  t.after(async () => {
    await supervised.kill();
    await watchdog.close();
    await rm(folder, { recursive: true });
  });
  return { process: supervised, port, reports };
}
