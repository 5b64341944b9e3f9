import { closeSync, type Dirent, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

const MOST_FILES = 4_000;
const MOST_BYTES = 256 * 1024;
const DEEPEST = 4;
// programs, and what a database keeps its rows in
const dull = /^(node_modules|\.git|base|global|pg_\w+)$/;

export interface Read {
  path: string;
  text: string;
}

/** What could not be entered or read. */
export interface Tally {
  files: number;
  refused: number;
}

/** Every file below these folders that the process may read, as far as there are not too many. */
export function* readable(folders: readonly string[], tally: Tally): Generator<Read> {
  const seen = new Set<string>();
  const waiting = folders.map((folder) => ({ folder, depth: 0 }));
  for (const { folder, depth } of waiting) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    for (const entry of entriesOf(folder, tally)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < DEEPEST && !dull.test(entry.name)) {
        waiting.push({ folder: path, depth: depth + 1 });
      } else if (entry.isFile() && tally.files < MOST_FILES) {
        const text = textOf(path, tally);
        if (text !== undefined) yield { path, text };
      }
    }
  }
}

function entriesOf(folder: string, tally: Tally): Dirent[] {
  return attempt(() => readdirSync(folder, { withFileTypes: true }), tally) ?? [];
}

function textOf(path: string, tally: Tally): string | undefined {
  const text = attempt(() => (lstatSync(path).size > MOST_BYTES ? undefined : beginningOf(path)), tally);
  if (text !== undefined) tally.files += 1;
  return text;
}

/** Files below /proc have no size: at most so much is read of any. */
export function beginningOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(MOST_BYTES);
    return buffer.toString('latin1', 0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}

/** What is not there is passed over; what refuses is counted. */
export function attempt<T>(look: () => T, tally: Tally): T | undefined {
  try {
    return look();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EPERM') tally.refused += 1;
    return undefined; // gone, a socket, a folder that is none: nothing to read there
  }
}
