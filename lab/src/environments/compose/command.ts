import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface CommandOptions {
  /** Variables besides those of this process. */
  env?: Readonly<Record<string, string>>;
  /** Ends the command with SIGTERM. */
  signal?: AbortSignal;
}

export interface ReadOptions extends CommandOptions {
  /** What the command reads from stdin; nothing without it. */
  input?: string;
  /** Is given each line of stderr as it comes. */
  onLine?: (line: string) => void;
}

/** Of stderr in an error: a build writes thousands. */
const MOST_LINES = 30;

/** The options with which `docker` asks the engine at `host`: none for the one that it asks anyway. */
export const dockerAt = (host: string | undefined): string[] => (host === undefined ? [] : ['--host', host]);

/**
 * Runs a command from the root of the repository to its end, out of reach of a terminal's Ctrl-C.
 * @returns what it wrote to stdout, without the last line's end
 * @throws Error with the last lines that it wrote to stderr when it fails
 */
export async function read(
  file: string,
  args: readonly string[],
  options: ReadOptions = {},
): Promise<string> {
  const child = spawn(file, args, { ...inRepository(options), detached: true, stdio: 'pipe' });
  // a command that ends without having read all of its input says why by itself
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const said = linesOf(child.stderr, options.onLine);
  const [out, lines, status] = await Promise.all([text(child.stdout), said, exitOf(child)]);
  if (status !== 0)
    throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${lines.slice(-MOST_LINES).join('\n')}`);
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
  cwd: new URL('../../../..', import.meta.url),
  env: { ...process.env, ...env },
  ...(signal && { signal }),
});

async function linesOf(stream: Readable, onLine?: (line: string) => void): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stream })) {
    lines.push(line);
    onLine?.(line);
  }
  return lines;
}

function exitOf(child: ReturnType<typeof spawn>): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => (error.name === 'AbortError' ? undefined : reject(error)));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
  });
}
