// `npm run aws`, as a person types it.
import { fileURLToPath } from 'node:url';
import { type ReadOptions, read } from '../compose/command.ts';

export const awsProgram = fileURLToPath(new URL('../../../../aws/src/main.ts', import.meta.url));

/** Runs a verb to its end. @returns what it printed @throws Error with the last lines of what it said */
export type Aws = (args: readonly string[], options?: ReadOptions) => Promise<string>;

/** @param site begins the names of everything that the command makes */
export const awsFor =
  (site: string): Aws =>
  (args, options = {}) =>
    read(process.execPath, [awsProgram, '--name', site, ...args], options);

/** Whether the command failed since what ran before was put back. */
export const isRolledBack = (error: unknown): boolean =>
  error instanceof Error && /UPDATE_ROLLBACK_COMPLETE/.test(error.message);
