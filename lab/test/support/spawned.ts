import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process that a test started, with the first line that it printed and all that it has printed so far. */
export interface Spawned {
  child: ChildProcess;
  line: string;
  output: () => string;
}

/**
 * Starts Node 26 on a script and waits for its first line on stdout.
 * @throws Error with what it wrote to stderr when it ends before
 */
export async function spawnScript(script: string, args: string[] = [], env = {}): Promise<Spawned> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let complaint = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    complaint += String(chunk);
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'close').then(() => {
    throw new Error(`it ended before it printed anything: ${complaint}`);
  });
  const first = once(lines, 'line').then(([line]) => String(line));
  return { child, line: await Promise.race([first, ended]), output: () => output };
}
