// Tries every credential that was found on a database server, and what it opens.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Cell } from '../record.ts';
import type { DatabaseTarget } from '../targets.ts';
import { best, cell, codeOf, together } from './answers.ts';
import type { Candidate } from './candidates.ts';
import { knock, PATIENCE_MS } from './knock.ts';

interface Client {
  connect(): Promise<unknown>;
  query(sql: string): Promise<{ rowCount: number | null }>;
  end(): Promise<void>;
  on(event: 'error', listener: () => void): unknown;
}
type ClientClass = new (options: object) => Client;

/** The component's own driver: what its process has, an intruder has. */
const driver = (): { Client: ClientClass } => createRequire(join(process.cwd(), 'probe.js'))('pg');

export interface Login {
  role: string;
  where: string;
  password: string;
}

export interface Found {
  logins: Login[];
  read: Cell;
  write: Cell;
  /** What the server said to everything else. */
  refusal: Cell;
}

/** Reads and writes a module's tables with whatever opens them. Nothing stays written. */
export async function attackDatabase(
  target: DatabaseTarget,
  candidates: readonly Candidate[],
): Promise<Found> {
  const doors = await Promise.all(target.addresses.map((address) => knock([address], target.port)));
  const host = target.addresses.find((_, index) => doors[index]?.outcome === 'reached');
  if (host === undefined) {
    const closed = together(doors);
    return { logins: [], read: closed, write: closed, refusal: closed };
  }
  const server: Server = { ...target, host };
  const { logins, refusal } = await logIn(server, candidates);
  const reads: Cell[] = [];
  const writes: Cell[] = [];
  for (const login of logins) {
    reads.push(await execute(server, login, target.read));
    for (const sql of target.writes) writes.push(await execute(server, login, sql));
  }
  return { logins, read: best([...reads, refusal]), write: best([...writes, refusal]), refusal };
}

/** A server that takes connections at this address. */
interface Server extends DatabaseTarget {
  host: string;
}

/** What may open which role, the likeliest first: as it was found, then any password for any role, then none. */
function attemptsOn({ roles }: DatabaseTarget, candidates: readonly Candidate[]): Login[] {
  const names = [roles.app, roles.migrator, roles.superuser];
  const asFound = candidates.flatMap(({ role, secret, where }) =>
    role === undefined ? [] : [{ role, password: secret, where }],
  );
  const guesses = candidates.flatMap(({ role, secret, where }) =>
    names.filter((name) => name !== role).map((name) => ({ role: name, password: secret, where })),
  );
  const naive = names.flatMap((role) =>
    ['', role, 'postgres'].map((password) => ({ role, password, where: 'a guess' })),
  );
  return [...asFound, ...guesses, ...naive];
}

async function logIn(target: Server, candidates: readonly Candidate[]) {
  const attempts = attemptsOn(target, candidates);
  const logins = new Map<string, Login>();
  let refusal = cell(
    'refused',
    `${attempts.length} logins to ${target.name} at ${target.host}:${target.port}`,
    'none was tried',
  );
  for (const login of attempts) {
    if (logins.has(login.role)) continue;
    try {
      await within(target, login, async () => undefined);
      logins.set(login.role, login);
    } catch (error) {
      refusal = { ...refusal, answered: said(error) };
    }
  }
  return { logins: [...logins.values()], refusal };
}

async function execute(target: Server, login: Login, sql: string): Promise<Cell> {
  const tried = `${sql} as ${login.role}, with the password in ${login.where}`;
  try {
    const rows = await within(target, login, async (client) => {
      await client.query('begin');
      const { rowCount } = await client.query(sql);
      await client.query('rollback');
      return rowCount ?? 0;
    });
    return cell('reached', tried, `${rows} ${rows === 1 ? 'row' : 'rows'}`);
  } catch (error) {
    return cell('refused', tried, said(error));
  }
}

async function within<T>(server: Server, login: Login, use: (client: Client) => Promise<T>): Promise<T> {
  const { Client } = driver();
  const { host, port, name: database } = server;
  const { role: user, password } = login;
  const options = { host, port, database, user, password, connectionTimeoutMillis: PATIENCE_MS };
  const client = new Client(options);
  client.on('error', () => undefined); // a broken connection makes the query fail, which is told there
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** PostgreSQL's own sentence is more telling than its code. */
const said = (error: unknown): string =>
  error instanceof Error && error.message !== '' ? error.message : codeOf(error);
