import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CannotStart } from '../cannot-start.ts';
import { choosePorts } from '../ports.ts';
import { temporaryPath } from './data-folder.ts';
import { isCluster, makeClusters, randomPassword } from './postgres-cluster.ts';
import { superviseServer } from './postgres-server.ts';
import { removeTree } from './remove-tree.ts';
import type { Supervised } from './supervise.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

export interface PostgresOptions {
  /** Where the cluster is, or is to be made. Without it: a temporary folder that goes with the server. */
  dataDir?: string;
  /** The superuser's password; needed for a cluster that is there already. Default: a random one. */
  password?: string;
  /** Whether committed data must outlive a crash of the machine. Default: no. */
  durable?: boolean;
  /** Further settings of postgresql.conf. */
  settings?: Readonly<Record<string, string>>;
}

export interface PostgresServer {
  readonly port: number;
  /** The server's pid; another one after a crash, undefined while it is down. */
  readonly pid: number | undefined;
  readonly password: string;
  /** A connection URL of the superuser for a database of this server. */
  superuserUrl(database: string): string;
  /** Stops the server, dropping its connections, and removes its folder if that was a temporary one. */
  stop(): Promise<void>;
}

/**
 * Starts one PostgreSQL 18 server on a free port of 127.0.0.1 and resolves when it accepts connections. It is
 * started again when it crashes, and ends with this process, however that ends. Its log is `<dataDir>.log`.
 * @throws CannotStart with the last lines of its log
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const temporary = options.dataDir === undefined ? temporaryPath() : undefined;
  const dataDir = resolve(temporary ?? '', options.dataDir ?? 'data');
  const password = options.password ?? randomPassword();
  const [port = 0] = await choosePorts([{}]);
  const watchdog = startWatchdog(temporary);
  const close = async () => {
    if (temporary) await removeTree(temporary);
    await watchdog.close();
  };
  let server: Supervised;
  try {
    server = await startOn(dataDir, port, password, watchdog, options);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port,
    get pid() {
      return server.pid();
    },
    password,
    superuserUrl: (database) => superuserUrl(port, password, database),
    async stop() {
      await server.stop();
      await close();
    },
  };
}

/** The connection URL of the superuser for a database of a server on 127.0.0.1. */
export function superuserUrl(port: number, password: string, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
}

async function startOn(
  dataDir: string,
  port: number,
  password: string,
  watchdog: Watchdog,
  { durable = false, settings, password: known }: PostgresOptions,
): Promise<Supervised> {
  if (isCluster(dataDir) && !known)
    throw new CannotStart(`The password of the data in ${dataDir} is needed.`);
  const household = { name: 'postgres', logFile: `${dataDir}.log`, watchdog, report: () => undefined };
  await mkdir(dirname(dataDir), { recursive: true, mode: 0o700 });
  await makeClusters(
    [dataDir],
    password,
    { ...household, stopSignal: 'SIGTERM' },
    new AbortController().signal,
  );
  const server = await superviseServer({ dataDir, port, durable, settings }, household);
  await server.start();
  return server;
}
