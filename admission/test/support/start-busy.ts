import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { z } from 'zod';

const ports = z.object({ port: z.number(), adminPort: z.number() });

/** A component whose requests are work, in a process of its own. */
export interface Busy {
  port: number;
  /** A metric without labels of its own. */
  metric(name: string): Promise<number>;
}

/** Starts it; it ends with the test. @param delayMs ADMISSION_DELAY_MS */
export async function startBusy(t: TestContext, delayMs: number): Promise<Busy> {
  const env = { ...process.env, ADMISSION_DELAY_MS: String(delayMs) };
  const child = fork(join(import.meta.dirname, 'busy.ts'), { env });
  t.after(async () => {
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  });
  const [message] = await once(child, 'message');
  const { port, adminPort } = ports.parse(message);
  return {
    port,
    async metric(name) {
      const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
      return Number(text.match(new RegExp(`^${name}\\{component="test"\\} (.*)$`, 'm'))?.[1]);
    },
  };
}
