// Runs test files of the repository against a deployment.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface SuiteRun {
  tests: number;
  passed: number;
  exitCode: number;
  /** All that the runner printed. */
  log: string;
  /** The names of tests that failed. */
  failed: string[];
}

export interface SuiteOptions {
  /** Variables besides those of this process. */
  env: Readonly<Record<string, string>>;
  /** Where all goes that the runner prints. */
  log: string;
  /** Tests with this in their names are left out. */
  without?: string | undefined;
}

/** Runs a test file by node's own runner to its end. */
export async function runSuite(
  file: string,
  { env, log, without }: SuiteOptions,
  signal: AbortSignal,
): Promise<SuiteRun> {
  const output = await open(log, 'w');
  try {
    const left = without === undefined ? [] : [`--test-skip-pattern=${without}`];
    const words = ['--test', '--test-timeout=400000', '--test-reporter=spec', ...left, file];
    const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const command = [...assignments, process.execPath, ...words];
    const child = spawn('env', command, { cwd: root, signal, stdio: ['ignore', output.fd, output.fd] });
    const [exitCode]: unknown[] = await once(child, 'close');
    const said = await readFile(log, 'utf8');
    const count = (name: string): number =>
      Number(new RegExp(`^ℹ ${name} (\\d+)$`, 'm').exec(said)?.[1] ?? 0);
    const failed = [...said.matchAll(/^\s*✖ (.+?) \(\d/gm)].map(([, name = '']) => name);
    return {
      tests: count('tests'),
      passed: count('pass'),
      exitCode: Number(exitCode ?? 1),
      log,
      failed: [...new Set(failed)],
    };
  } finally {
    await output.close();
  }
}
