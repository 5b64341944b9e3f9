import { CommanderError } from 'commander';

/** Ends a command that failed: what is wrong with the command line was said already (2), anything else is said now (1). */
export function endWith(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
