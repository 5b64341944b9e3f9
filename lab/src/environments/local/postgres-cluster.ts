import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Household, runToEnd } from './launch.ts';
import { lastLines, sizeOf } from './log-file.ts';
import { explainRefusal } from './ordinary-user.ts';
import { findPostgres } from './postgres-binaries.ts';
import { initdbCommand } from './postgres-command.ts';
import { removeTree } from './remove-tree.ts';

/** A password of 192 random bits that needs no escaping anywhere. */
export function randomPassword(): string {
  return randomBytes(24).toString('hex');
}

/** Whether a folder holds a cluster. */
export function isCluster(dataDir: string): boolean {
  return existsSync(join(dataDir, 'PG_VERSION'));
}

/**
 * Makes a cluster in each of these folders that has none: the first by initdb, the others as its copies,
 * which takes a tenth of the time. A cluster appears as a whole or not at all.
 * @param password the password of their superuser
 */
export async function makeClusters(
  dataDirs: readonly string[],
  password: string,
  household: Household,
  abort: AbortSignal,
): Promise<void> {
  const [first, ...others] = dataDirs.filter((dataDir) => !isCluster(dataDir));
  if (first === undefined) return;
  const unfinished = [first, ...others].map((dataDir) => `${dataDir}.new`);
  await Promise.all(unfinished.map((dataDir) => removeTree(dataDir)));
  await initialise(`${first}.new`, password, household, abort);
  await Promise.all(others.map((dataDir) => cp(`${first}.new`, `${dataDir}.new`, { recursive: true })));
  await Promise.all([first, ...others].map((dataDir) => rename(`${dataDir}.new`, dataDir)));
}

async function initialise(dataDir: string, password: string, household: Household, abort: AbortSignal) {
  const { initdb } = await findPostgres();
  const passwordFile = `${dataDir}.password`;
  const logged = sizeOf(household.logFile);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    await runToEnd('initdb', initdbCommand(initdb, dataDir, passwordFile), household, abort);
  } catch (error) {
    throw explainRefusal(lastLines(household.logFile, logged)) ?? error;
  } finally {
    await rm(passwordFile, { force: true });
  }
}
