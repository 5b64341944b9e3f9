import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../aws/src/main.ts', import.meta.url));

export interface Ended {
  code: number | null;
  out: string;
  said: string;
}

/** The command on a site of a test's own. */
export const commandFor = (site: string) => {
  const start = (...args: string[]): ChildProcess =>
    spawn(process.execPath, [main, '--name', site, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

  /** Runs a verb to its end. */
  const end = async (child: ChildProcess): Promise<Ended> => {
    if (child.stdout === null || child.stderr === null) throw new Error('The command has no output.');
    const closed = once(child, 'close');
    const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code]: unknown[] = await closed;
    return { code: typeof code === 'number' ? code : null, out: out.trim(), said };
  };

  const run = async (...args: string[]): Promise<string> => {
    const { code, out, said } = await end(start(...args));
    if (code !== 0) throw new Error(`aws ${args.join(' ')} ended with ${code}: ${said}`);
    return out;
  };
  return { start, end, run };
};
