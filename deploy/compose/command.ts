import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface CommandOptions {
  /** Variables besides those of this process. */
  env?: Readonly<Record<string, string>>;
  /** Ends the command with SIGTERM. */
  signal?: AbortSignal;
}

/**
 * Runs a command from the root of the repository to its end.
 * @returns what it wrote to stdout, without the last line's end
 * @throws Error with what it wrote to stderr when it fails
 */
export async function read(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const child = spawn(file, args, { ...inRepository(options), stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, said, status] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)]);
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${said.trim()}`);
  return out.trimEnd();
}

/** Runs a command likewise, its output being ours. @returns its exit status, or the signal that ended it */
export function show(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<number | NodeJS.Signals> {
  return exitOf(spawn(file, args, { ...inRepository(options), stdio: ['ignore', 'inherit', 'inherit'] }));
}

const inRepository = ({ env, signal }: CommandOptions) => ({
  cwd: new URL('../..', import.meta.url),
  env: { ...process.env, ...env },
  ...(signal && { signal }),
});

function exitOf(child: ReturnType<typeof spawn>): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => (error.name === 'AbortError' ? undefined : reject(error)));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
  });
}
