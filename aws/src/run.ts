import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Runs a command to its end. @returns what it wrote to stdout @throws Error with its stderr when it fails */
export async function run(file: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(file, args, { stdio: 'pipe' });
  const ended = once(child, 'close');
  child.stdin.on('error', () => undefined); // a command that ends without having read it says why by itself
  child.stdin.end(input);
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code]: unknown[] = await ended;
  if (code !== 0) throw new Error(`${file} ${args.slice(0, 2).join(' ')} ended with ${code}: ${said.trim()}`);
  return out.trim();
}
