import { inspect } from './processes.ts';

const LOOK_EVERY_MS = 250;
const SHELL = /^-?(\S*\/)?(sh|bash|dash|ash|zsh|ksh|fish)(\s|$)/;

/**
 * Calls `onEnd` once when the process that started this one ends, even by SIGKILL. Where that is a shell
 * (npm may start scripts through one), the shell's own parent counts too.
 * @returns a function that ends the watch
 */
export async function watchParent(onEnd: () => void): Promise<() => void> {
  const parent = process.ppid;
  const shell = await inspect(parent);
  const grandparent = shell && SHELL.test(shell.command) ? shell.parent : undefined;
  const isGone = async (): Promise<boolean> => {
    if (process.ppid !== parent) return true;
    return grandparent !== undefined && (await inspect(parent))?.parent !== grandparent;
  };
  let timer: NodeJS.Timeout;
  const look = async (): Promise<void> => {
    if (await isGone()) onEnd();
    else timer = setTimeout(look, LOOK_EVERY_MS);
  };
  timer = setTimeout(look, LOOK_EVERY_MS);
  return () => clearTimeout(timer);
}
