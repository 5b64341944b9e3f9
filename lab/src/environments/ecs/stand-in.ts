// The stand-in for Service Connect, which the emulator has not: `npm run aws -- connect`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { CannotStart } from '../cannot-start.ts';
import { awsProgram } from './aws-command.ts';

/**
 * Starts it for a site. @returns what ends it
 * @throws CannotStart when it ends at once, as where another one has its ports
 */
export async function standIn(site: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [awsProgram, '--name', site, 'connect'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'close');
  const said: string[] = [];
  const first = once(
    createInterface({ input: child.stderr }).on('line', (line) => said.push(line)),
    'line',
  );
  await Promise.race([first, ended]);
  if (!said.some((line) => line === 'Services find each other.')) {
    await ended;
    throw new CannotStart(said.join(' '));
  }
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}
