import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

const MOST_BYTES = 8_192;
const MOST_LINES = 20;

/** The size of a file in bytes; 0 when there is none. */
export function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** The last lines written to a log after the offset `since`, each indented on a line of its own. */
export function lastLines(file: string, since = 0): string {
  const size = sizeOf(file);
  const from = Math.max(since, size - MOST_BYTES);
  if (size <= from) return '';
  const bytes = Buffer.alloc(size - from);
  const log = openSync(file, 'r');
  try {
    readSync(log, bytes, 0, bytes.length, from);
  } finally {
    closeSync(log);
  }
  const lines = bytes.toString('utf8').trimEnd().split('\n').slice(-MOST_LINES);
  return lines.map((line) => `\n  ${line}`).join('');
}
