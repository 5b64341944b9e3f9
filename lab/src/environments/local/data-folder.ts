import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { databases } from '../driver.ts';
import { CannotStart } from './cannot-start.ts';
import { runningServer } from './postmaster.ts';
import { inspect } from './processes.ts';

/** The folder that holds everything an environment writes. */
export interface DataFolder {
  path: string;
  temporary: boolean;
  /** Lets go of the folder; a temporary one is removed. */
  release(): Promise<void>;
}

const MARKER = '.cleave';
const HOLDER = 'holder.json';
const holder = z.object({ pid: z.number(), began: z.string() });

/**
 * Opens, or makes, a folder for data that is kept; without a path a temporary one.
 * @throws CannotStart when the folder is not ours or is in use
 */
export async function openDataFolder(kept?: string): Promise<DataFolder> {
  const path = kept ? resolve(kept) : await mkdtemp(join(tmpdir(), 'cleave-'));
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (!existsSync(join(path, MARKER))) {
    if ((await readdir(path)).length > 0) {
      throw new CannotStart(`${path} has files that are not Cleave's: give --data a new or an empty folder.`);
    }
    await writeFile(join(path, MARKER), 'Data of the local environment; npm run reset removes it.\n');
    await chmod(path, 0o700);
  }
  await refuseInUse(path);
  const self = await inspect(process.pid);
  await writeFile(join(path, HOLDER), JSON.stringify(self), { mode: 0o600 });
  const temporary = kept === undefined;
  return {
    path,
    temporary,
    release: () => rm(temporary ? path : join(path, HOLDER), { recursive: true, force: true }),
  };
}

/**
 * Removes a folder of kept data; false when there is none.
 * @throws CannotStart when the folder is not ours or is in use; nothing is removed then
 */
export async function removeDataFolder(folder: string): Promise<boolean> {
  const path = resolve(folder);
  if (!existsSync(path)) return false;
  if (!existsSync(join(path, MARKER))) {
    throw new CannotStart(`${path} is not a data folder of Cleave: nothing was removed.`);
  }
  await refuseInUse(path);
  await rm(path, { recursive: true });
  return true;
}

/** Where a component's output goes. */
export function logFile({ path }: DataFolder, component: string): string {
  return join(path, 'logs', `${component}.log`);
}

/** Where a database's cluster is. */
export function clusterOf(path: string, database: string): string {
  return join(path, 'databases', database);
}

async function refuseInUse(path: string): Promise<void> {
  const pid = await holderOf(path);
  if (pid !== undefined) throw new CannotStart(`${path} is in use by process ${pid}: stop that one first.`);
  for (const database of databases) {
    const server = await runningServer(clusterOf(path, database));
    if (server)
      throw new CannotStart(`${path} is in use by a PostgreSQL server (pid ${server}): wait or stop it.`);
  }
}

/** The live process that has the folder open. Who ended without letting go does not count. */
async function holderOf(path: string): Promise<number | undefined> {
  const file = join(path, HOLDER);
  if (!existsSync(file)) return undefined;
  const noted = holder.parse(JSON.parse(await readFile(file, 'utf8')));
  const found = await inspect(noted.pid);
  return found?.began === noted.began ? noted.pid : undefined;
}
