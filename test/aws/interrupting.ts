import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { commandFor } from './command.ts';

/** Kills a verb at the first line of progress that says `moment`, and runs it again to its end. */
export const interrupting =
  ({ start, run }: Pick<ReturnType<typeof commandFor>, 'start' | 'run'>) =>
  async (moment: RegExp, ...args: string[]): Promise<string> => {
    const child = start(...args);
    const gone = once(child, 'close');
    child.stdout?.resume();
    let seen = false;
    if (child.stderr === null) throw new Error('The command has no output.');
    for await (const line of createInterface({ input: child.stderr })) {
      if (seen || !moment.test(line)) continue;
      seen = true;
      child.kill('SIGKILL');
    }
    await gone;
    assert.ok(seen, `${args.join(' ')} never came to ${moment}`);
    return run(...args);
  };
