import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Starts this program again with the same arguments, in a session of its own, and tells how to follow and stop it. */
export const detach = async (
  name: string,
  args: readonly string[],
  say: (line: string) => void,
): Promise<void> => {
  await mkdir('lab-results', { recursive: true });
  const file = join('lab-results', `${name}.log`);
  const log = await open(file, 'w');
  const program = [process.argv[1] ?? '', ...args.filter((arg) => arg !== '--detach')];
  const child = spawn(process.execPath, program, { detached: true, stdio: ['ignore', log.fd, log.fd] });
  child.unref();
  await log.close();
  say(`Running in the background as process ${child.pid}. Follow it with: tail -f ${file}`);
  say(`Stop it with: kill ${child.pid}  (the same command goes on where it was)`);
};
