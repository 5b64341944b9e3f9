// Looks for whatever may be a credential, in every place that the process may read.
import { readdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { variables } from './config.ts';
import { attempt, beginningOf, readable, type Tally } from './walk.ts';

/** Something found that may be a password or a token. */
export interface Candidate {
  secret: string;
  /** The role that it came with, where it was part of a URL. */
  role: string | undefined;
  where: string;
}

export interface Search {
  candidates: Candidate[];
  /** Processes whose variables could be read, and files. */
  environments: number;
  files: number;
  refused: number;
}

const MOST = 200;
const url = /postgres(?:ql)?:\/\/([^:@/\s"'$]+):([^@\s"'$]+)@/g;
const named = /["']?\w*(?:password|secret|token)\w*["']?\s*[:=]\s*["']?([^\s"',;\0]{12,200})/gi;
// what generators of secrets write: at least 128 bits in hexadecimal digits
const digits = /\b[0-9a-f]{32,128}\b/g;

/** Everything in a text that looks like a credential. */
export function candidatesIn(text: string, where: string): Candidate[] {
  const urls = [...text.matchAll(url)].map(([, role, secret = '']) => ({
    secret: decodeURIComponent(secret),
    role: role === undefined ? role : decodeURIComponent(role),
    where,
  }));
  const others = [...text.matchAll(named), ...text.matchAll(digits)].map((match) => ({
    secret: match[1] ?? match[0],
    role: undefined,
    where,
  }));
  return [...urls, ...others];
}

export function search(): Search {
  const tally: Tally = { files: 0, refused: 0 };
  const found = new Map<string, Candidate>();
  const add = (candidates: Candidate[]) => {
    for (const candidate of candidates) {
      const known = found.get(candidate.secret);
      if (known === undefined && found.size < MOST) found.set(candidate.secret, candidate);
      else if (known !== undefined) known.role ??= candidate.role;
    }
  };
  for (const [name, value = ''] of Object.entries(variables())) add(candidatesIn(`${name}=${value}`, name));
  const processes = processesIn(tally);
  for (const { pid, environ } of processes) {
    if (environ !== undefined) add(candidatesIn(environ, `/proc/${pid}/environ`));
  }
  const folders = foldersFrom(processes.map(({ commandLine }) => commandLine));
  for (const { path, text } of readable(folders, tally)) add(candidatesIn(text, path));
  const environments = processes.filter(({ environ }) => environ !== undefined).length;
  return { candidates: [...found.values()], environments, ...tally };
}

interface Seen {
  pid: number;
  environ: string | undefined;
  commandLine: string;
}

// Only what belongs to the application is looked into: the machine may be somebody's own.
const ours = /^(ADMIN_PORT|DATABASE_\w*URL|POSTGRES_PASSWORD)\w*=/m;

function processesIn(tally: Tally): Seen[] {
  const names = attempt(() => readdirSync('/proc'), tally) ?? [];
  const pids = names.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid).map(Number);
  return pids.flatMap((pid) => {
    const environ = attempt(() => lines(beginningOf(`/proc/${pid}/environ`)), tally);
    const commandLine = attempt(() => lines(beginningOf(`/proc/${pid}/cmdline`)), tally) ?? '';
    const isOurs = ours.test(environ ?? '') || /\bpostgres\b/.test(commandLine);
    return isOurs ? [{ pid, environ, commandLine }] : [];
  });
}

const lines = (text: string): string => text.replaceAll('\0', '\n');

/** Where credentials are usually kept, and the folders that variables and command lines tell of. */
function foldersFrom(commandLines: readonly string[]): string[] {
  const told = [...Object.values(variables()), ...commandLines]
    .flatMap((text = '') => text.split(/[\n=:]/))
    .filter((word) => /^(\/[^/\s]+){2,}$/.test(word) && !/\/node_modules\/|\.[jt]s$/.test(word));
  const near = told.flatMap((path) => [dirname(path), dirname(dirname(path))]);
  const usual = ['/credentials', '/run/secrets', '/data', '/var/lib/postgresql', process.cwd()];
  const foreign = ['/', tmpdir(), homedir()];
  const isForeign = (folder: string) =>
    foreign.includes(folder) || /^\/(usr|s?bin|lib|etc|opt|proc|sys|dev)\b/.test(folder);
  return [...new Set([...usual, ...near])].filter((folder) => !isForeign(folder));
}
