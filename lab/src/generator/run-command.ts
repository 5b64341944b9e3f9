// Runs a short command and collects what it says.
import { spawn } from 'node:child_process';

/** `code` is null when the command is not there or did not end in time. */
export type Outcome = { code: number | null; stdout: string; stderr: string };

type Options = {
  timeoutMs: number;
  cwd?: string;
  env: NodeJS.ProcessEnv;
  /** Called for each piece of stderr as it comes. */
  onStderr?: (text: string) => void;
};

/** Never throws for what the command does: the outcome tells. */
export const runCommand = (file: string, args: string[], options: Options): Promise<Outcome> =>
  new Promise((resolve) => {
    const { timeoutMs, cwd, env, onStderr } = options;
    const child = spawn(file, args, {
      env,
      timeout: timeoutMs,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd ? { cwd } : {}),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      onStderr?.(text);
    });
    child.on('error', (error) => resolve({ code: null, stdout, stderr: error.message }));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
