import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import { databasesAt, placeFolder, placeNames } from './places.ts';
import { runningServer } from './postmaster.ts';
import { inspect } from './processes.ts';
import { removeTree } from './remove-tree.ts';

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

/** Names a folder to be made for data that goes at the end; who names it first can have a watchdog on it. */
export function temporaryPath(): string {
  return join(tmpdir(), `cleave-${randomBytes(6).toString('hex')}`);
}

/**
 * Opens, or makes, a data folder.
 * @param temporary whether the folder is to be removed when it is let go
 * @throws CannotStart when the folder is not ours or is in use
 */
export async function openDataFolder(folder: string, temporary: boolean): Promise<DataFolder> {
  const path = resolve(folder);
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
  return { path, temporary, release: () => removeTree(temporary ? path : join(path, HOLDER)) };
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
  await removeTree(path);
  return true;
}

/** Where a component's output goes, in the folder of its place. */
export function logFile(folder: string, component: string): string {
  return join(folder, 'logs', `${component}.log`);
}

/** Where a database's cluster is, in the folder of its place. */
export function clusterOf(folder: string, database: string): string {
  return join(folder, 'databases', database);
}

async function refuseInUse(path: string): Promise<void> {
  const pid = await holderOf(path);
  if (pid !== undefined) throw new CannotStart(`${path} is in use by process ${pid}: stop that one first.`);
  const clusters = placeNames.flatMap((place) =>
    databasesAt(place).map((database) => clusterOf(placeFolder(path, place), database)),
  );
  for (const cluster of clusters) {
    const server = await runningServer(cluster);
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
