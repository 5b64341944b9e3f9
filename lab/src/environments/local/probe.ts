import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { inheritedEnv } from './config.ts';
import type { Service } from './deployed.ts';
import { packageFolder } from './entry-points.ts';

const LONGEST_MS = 60_000;

/**
 * Runs an ES module as a component would run it: as its user, with its environment, and with what its package can
 * import. Resolves with the JSON that it writes to stdout.
 * @throws Error with what it wrote to stderr when there is none
 */
export async function probe({ spec, replicas: [first] }: Service, source: string): Promise<unknown> {
  if (!first) throw new Error(`${spec.name} has no replica`);
  const child = spawn(process.execPath, ['--input-type=module', '-'], {
    cwd: packageFolder(spec.name),
    env: { ...inheritedEnv(), ...first.command().env },
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  });
  child.stdin.on('error', () => undefined); // it may end before it has read all: its output tells
  child.stdin.end(source);
  const [answer, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (answer.trim() === '') throw new Error(`the probe wrote no JSON: ${complaint.slice(-2_000)}`);
  return JSON.parse(answer);
}
