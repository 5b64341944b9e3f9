import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { z } from 'zod';
import { until } from '../../../test/support/until.ts';
import { inspect } from '../../src/environments/local/processes.ts';
import { spawnScript } from './spawned.ts';

export const startScript = join(import.meta.dirname, '../../src/start.ts');
export const resetScript = join(import.meta.dirname, '../../src/reset.ts');

const port = z.number().int().positive();
const service = z.strictObject({
  name: z.enum(['monolith', 'gateway', 'users', 'threads', 'posts']),
  pid: port,
  port,
  adminPort: port,
  controlPort: port,
});
const database = z.strictObject({ name: z.string().endsWith('-db'), pid: port, port });
const ready = z.strictObject({
  ready: z.literal(true),
  monolith: z.url(),
  microservices: z.url(),
  page: z.url(),
  components: z.array(z.union([service, database])).length(9),
});

/** What `npm start -- --json` prints. */
export type Ready = z.infer<typeof ready>;

/** A place for temporary files that a test can look into. */
export async function temporaryPlace(t: TestContext): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'cleave-test-'));
  t.after(() => rm(place, { recursive: true, force: true }));
  return place;
}

/** What every start of a test is given: a place of its own for temporary files, and ports that are free. */
export function startEnv(place: string): Record<string, string> {
  return { TMPDIR: place, MONOLITH_PORT: '0', GATEWAY_PORT: '0' };
}

/** Starts both topologies and waits until they are ready; killed with the test, should it fail. */
export async function startBoth(
  t: TestContext,
  place: string,
  args: string[] = [],
): Promise<Ready & { child: ChildProcess; output: () => string }> {
  const { child, line, output } = await spawnScript(startScript, ['--json', ...args], startEnv(place));
  t.after(() => child.kill('SIGKILL'));
  return { ...ready.parse(JSON.parse(line)), child, output };
}

/** Resolves when none of the components runs any more and no temporary file is left. */
export async function untilNothingIsLeft({ components }: Ready, place: string): Promise<void> {
  for (const { name, pid } of components) {
    await until(`${name} is gone`, async () => !(await inspect(pid)));
  }
  await until('no temporary file is left', async () => (await readdir(place)).length === 0);
}

/** Sends a signal to a process and waits for its exit code. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = await exit;
  return code;
}
