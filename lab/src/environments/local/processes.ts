import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process as the system shows it. */
export interface ProcessInfo {
  pid: number;
  parent: number;
  /** One letter: T is stopped, Z has ended and waits for its parent. */
  state: string;
  /** When it began, in the system's own notation: with the pid it tells a process from a later namesake. */
  began: string;
  command: string;
}

/** What runs under this pid, or undefined where there is nothing (a zombie counts as nothing). */
export async function inspect(pid: number): Promise<ProcessInfo | undefined> {
  const info = process.platform === 'linux' ? await fromProc(pid) : (await fromPs(['-p', String(pid)]))[0];
  return info?.state === 'Z' ? undefined : info;
}

/** Every descendant of a process, nearest first. */
export async function descendants(pid: number): Promise<number[]> {
  const all = process.platform === 'linux' ? await parentsFromProc() : await fromPs(['-A']);
  const found = [pid];
  for (const ancestor of found) {
    for (const info of all) if (info.parent === ancestor) found.push(info.pid);
  }
  return found.slice(1);
}

/** The children that a process's first thread has started; of PostgreSQL and of our services these are all. */
export async function children(pid: number): Promise<number[]> {
  try {
    const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch (error) {
    if (isGone(error)) return descendants(pid); // or the kernel was built without this file
    throw error;
  }
}

/** Sends a signal; false when there is no such process. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** Whether an error says that a process, or its entry below /proc, is not there (any more). */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'ENOENT');
}

/** The fields of /proc/PID/stat from the third on (the second, the name, may hold spaces), or undefined. */
export async function statFields(pid: number): Promise<string[] | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function fromProc(pid: number): Promise<ProcessInfo | undefined> {
  const fields = await statFields(pid);
  if (!fields) return undefined;
  const [state = '', parent = '0'] = fields;
  return { pid, parent: Number(parent), state, began: fields[19] ?? '', command: await commandLine(pid) };
}

async function commandLine(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
  } catch (error) {
    if (isGone(error)) return '';
    throw error;
  }
}

async function parentsFromProc(): Promise<{ pid: number; parent: number }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(async (pid) => ({ pid, fields: await statFields(pid) })));
  return stats.flatMap(({ pid, fields }) => (fields ? [{ pid, parent: Number(fields[1]) }] : []));
}

async function fromPs(selection: string[]): Promise<ProcessInfo[]> {
  // ps ends with 1 when it has nothing to show.
  const { stdout } = await run('ps', ['-o', 'pid=,ppid=,state=,lstart=,command=', ...selection]).catch(
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 1) return { stdout: '' };
      throw error;
    },
  );
  return stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsePsLine);
}

function parsePsLine(line: string): ProcessInfo {
  const [pid = '', parent = '', state = '', ...rest] = line.trim().split(/\s+/);
  const began = rest.slice(0, 5).join(' '); // "Sun Nov 23 06:22:47 2025"
  return {
    pid: Number(pid),
    parent: Number(parent),
    state: state.slice(0, 1),
    began,
    command: rest.slice(5).join(' '),
  };
}
