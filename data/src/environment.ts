import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CannotLoad } from './cannot-load.ts';
import { type DatabaseName, databaseNames } from './target.ts';

// What `npm start` writes into its data folder, as far as it is of use here.
const stateSchema = z.object({
  roles: z.record(z.enum(databaseNames), z.object({ migrator: z.string() })),
  ports: z.object({ databases: z.record(z.enum(databaseNames), z.number()) }),
});
const holderSchema = z.object({ pid: z.number() });

const namedAt: Readonly<Record<DatabaseName, string>> = {
  'monolith-db': 'forum',
  'users-db': 'users',
  'threads-db': 'threads',
  'posts-db': 'posts',
};

/** An environment that runs, and its databases as the roles that own their tables. */
export interface Environment {
  folder: string;
  urls: Record<DatabaseName, string>;
}

/**
 * Finds the environment that `npm start` runs.
 * @param folder its data folder; without it the temporary folders are looked through
 * @throws CannotLoad when none is running, or more than one
 */
export async function findEnvironment(folder?: string): Promise<Environment> {
  if (folder !== undefined) {
    if (!(await isRunning(resolve(folder)))) {
      throw new CannotLoad(`No environment is running on ${resolve(folder)}: npm start -- --data ${folder}`);
    }
    return environmentIn(resolve(folder));
  }
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith('cleave-'));
  const folders = names.map((name) => join(tmpdir(), name));
  const running = await Promise.all(folders.map(isRunning));
  const [found, ...others] = folders.filter((_, index) => running[index]);
  if (found === undefined) {
    throw new CannotLoad('No environment was found: run npm start, or name databases (see --help).');
  }
  if (others.length > 0) {
    throw new CannotLoad(
      `Several environments are running; name one: --data ${[found, ...others].join(' or ')}`,
    );
  }
  return environmentIn(found);
}

async function environmentIn(folder: string): Promise<Environment> {
  const { roles, ports } = stateSchema.parse(JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')));
  const url = (name: DatabaseName) => {
    const database = namedAt[name];
    return `postgres://${database}_migrator:${roles[name].migrator}@127.0.0.1:${ports.databases[name]}/${database}`;
  };
  return {
    folder,
    urls: {
      'monolith-db': url('monolith-db'),
      'users-db': url('users-db'),
      'threads-db': url('threads-db'),
      'posts-db': url('posts-db'),
    },
  };
}

/** Whether the process that noted itself as the folder's holder is there. */
async function isRunning(folder: string): Promise<boolean> {
  try {
    const { pid } = holderSchema.parse(JSON.parse(await readFile(join(folder, 'holder.json'), 'utf8')));
    return process.kill(pid, 0);
  } catch (error) {
    // not a data folder, somebody else's, or one whose holder is gone
    const codes: unknown[] = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ESRCH'];
    if (error instanceof Error && 'code' in error && codes.includes(error.code)) return false;
    throw error;
  }
}
