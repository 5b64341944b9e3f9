import type { Command } from './launch.ts';
import { asOrdinaryUser } from './ordinary-user.ts';

/** What every server runs with. */
const ALWAYS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // TCP only: a socket's path may be longer than the system allows
  dynamic_shared_memory_type: 'mmap', // in the data folder, so that nothing stays in /dev/shm after a SIGKILL
  wal_level: 'logical', // tables can be moved between running servers
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** For data that goes with its folder: what was committed outlives a crash of PostgreSQL, not one of the machine. */
const THROW_AWAY: Readonly<Record<string, string>> = {
  fsync: 'off',
  full_page_writes: 'off',
};

export interface ServerOptions {
  dataDir: string;
  port: number;
  /** Whether committed data must outlive a crash of the machine. */
  durable: boolean;
  /** Further settings of postgresql.conf; they win over ours. */
  settings?: Readonly<Record<string, string>> | undefined;
}

/** The command line that runs a server in the foreground. */
export function serverCommand(postgres: string, options: ServerOptions): Command {
  const settings = {
    ...ALWAYS,
    ...(options.durable ? {} : THROW_AWAY),
    port: String(options.port),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return asOrdinaryUser({ file: postgres, args: ['-D', options.dataDir, ...flags] });
}

/** The command line that makes a new cluster with one superuser, `postgres`, whose password is in a file. */
export function initdbCommand(initdb: string, dataDir: string, passwordFile: string): Command {
  const args = [
    `--pgdata=${dataDir}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C', // the order of text must not depend on the machine
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--set=dynamic_shared_memory_type=mmap', // see ALWAYS
    '--no-sync',
    '--no-instructions',
  ];
  return asOrdinaryUser({ file: initdb, args });
}
