import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CannotStart } from '../../../lab/src/environments/cannot-start.ts';

const run = promisify(execFile);

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  timeoutMs: number;
}

/** Runs a program to its end and gives its output. @throws CannotStart with the last line of what it complained of */
export async function runProgram(
  file: string,
  args: readonly string[],
  { timeoutMs, ...options }: RunOptions,
): Promise<string> {
  try {
    const { stdout } = await run(file, args, { ...options, timeout: timeoutMs, maxBuffer: 256 * 2 ** 20 });
    return stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const last = said.split('\n').at(-1) ?? '';
    throw new CannotStart(`${file} failed: ${last || String(error)}`, { cause: error });
  }
}
