import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotStart } from '../cannot-start.ts';
import { inspect, isGone } from './processes.ts';

/** Whether the server with this pid accepts connections, by the file that it keeps for pg_ctl. */
export async function isAccepting(dataDir: string, pid: number): Promise<boolean> {
  const lines = await readPostmaster(dataDir);
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

/**
 * Clears the way for a server: removes what a server that ended without warning left behind. PostgreSQL does
 * this itself, except where its old pid belongs to some other process by now.
 * @throws CannotStart when a server is running on the folder
 */
export async function clearStalePostmaster(dataDir: string): Promise<void> {
  const pid = Number((await readPostmaster(dataDir))[0]);
  if (!pid) return;
  const holder = await inspect(pid);
  if (!holder) return;
  if (holder.command.includes(dataDir)) {
    throw new CannotStart(`A PostgreSQL server (pid ${pid}) is still running on ${dataDir}.`);
  }
  await rm(join(dataDir, 'postmaster.pid'));
}

/** The pid of the server that runs on a folder, or undefined. */
export async function runningServer(dataDir: string): Promise<number | undefined> {
  const pid = Number((await readPostmaster(dataDir))[0]);
  const holder = pid ? await inspect(pid) : undefined;
  return holder?.command.includes(dataDir) ? pid : undefined;
}

/** Line 1 is the pid, line 8 "ready" once connections are accepted; empty where there is no such file. */
async function readPostmaster(dataDir: string): Promise<string[]> {
  try {
    return (await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n');
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}
