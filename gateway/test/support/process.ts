import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from '../../../test/support/until.ts';
import { environment, metricsAt, routesFileWith } from './gateway.ts';

/** The gateway as a process of its own, ended with the test. */
export async function spawnGateway(t: TestContext, routes: unknown, more: Record<string, string> = {}) {
  const file = await routesFileWith(t, routes);
  const env: Record<string, string> = { ...(await environment(file.path)), LOG_LEVEL: 'info', ...more };
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, [main], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.err += text;
  });
  const adminPort = Number(env.ADMIN_PORT);
  const started = () => until('it is started', () => printed.out.includes('"started"'));
  return {
    child,
    exited,
    printed,
    started,
    port: Number(env.PORT),
    adminPort,
    file,
    metric: metricsAt(adminPort),
  };
}
