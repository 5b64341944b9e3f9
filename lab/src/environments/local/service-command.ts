import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Version } from '../environment.ts';
import type { Owner, ServiceSpec, Store } from '../layout.ts';
import { entryPoint } from './entry-points.ts';
import type { Command } from './launch.ts';
import { superuserUrl } from './postgres.ts';
import { required } from './required.ts';
import type { Home } from './session.ts';

/** Where one replica of a service is. */
export interface Site {
  instance: string;
  host: string;
  port: number;
  adminPort: number;
  controlPort: number;
}

/** What all components are started with. */
export interface Common {
  logLevel: string;
  /** Whether the control port takes orders to cause faults. */
  faults: boolean;
}

/** The command that serves one replica in a version. */
export function serviceCommand(
  spec: ServiceSpec,
  site: Site,
  version: Version,
  home: Home,
  { logLevel, faults }: Common,
): Command {
  const env = {
    HOST: site.host,
    PORT: String(site.port),
    ADMIN_PORT: String(site.adminPort),
    CONTROL_PORT: String(site.controlPort),
    CONTROL_TOKEN: required(home.state.controlTokens, spec.name),
    INSTANCE: site.instance,
    LOG_LEVEL: logLevel,
    DRAIN_TIMEOUT_MS: '3000', // the whole environment has to be gone within 10 s
    ...(faults && { FAULTS: 'on' }),
    ...(spec.store ? databaseEnv(spec.name, spec.store, home) : { ROUTES_FILE: routesFile(home.folder) }),
    ...peerEnv(spec, home),
    ...version.env,
  };
  return nodeCommand([`--max-old-space-size=${spec.heapMiB}`, entryPoint(spec.name, 'main')], env);
}

/** The command that makes an owner's database, roles and tables, as far as they are not there. */
export function migrateCommand(owner: Owner, store: Store, home: Home): Command {
  const port = required(home.ports.databases, store.server);
  const env = {
    DATABASE_SUPERUSER_URL: superuserUrl(port, home.state.superuserPassword, 'postgres'),
    DATABASE_MIGRATOR_URL: roleUrl('migrator', owner, store, home),
    DATABASE_URL: roleUrl('app', owner, store, home),
  };
  return nodeCommand([entryPoint(owner, 'migrate')], env);
}

/** Where the gateway's routes are. */
export function routesFile(folder: string): string {
  return join(folder, 'routes.json');
}

/** Where the addresses of the services are, by name, for those that ask them. */
export function namesFile(folder: string): string {
  return join(folder, 'names.json');
}

function nodeCommand(args: string[], env: Record<string, string>): Command {
  return { file: process.execPath, args, env: { NODE_ENV: 'production', ...env } };
}

function databaseEnv(owner: string, store: Store, home: Home): Record<string, string> {
  return { DATABASE_URL: roleUrl('app', owner, store, home), DATABASE_POOL: String(store.pool) };
}

function roleUrl(role: 'migrator' | 'app', owner: string, { server, database }: Store, home: Home): string {
  const password = required(home.state.roles, `${owner}-db`)[role];
  const port = required(home.ports.databases, server);
  return `postgres://${database}_${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** Peers go by name, as where a platform looks names up: their replicas come and go. */
function peerEnv({ peers }: ServiceSpec, { folder, ports }: Home): Record<string, string> {
  if (peers.length === 0) return {};
  const urls = peers.map((peer) => [
    `${peer.toUpperCase()}_URL`,
    `http://${peer}:${required(ports.services, peer).port}`,
  ]);
  const names = new URL('resolve-names.ts', import.meta.url);
  names.searchParams.set('file', pathToFileURL(namesFile(folder)).href);
  return { NODE_OPTIONS: `--import=${names.href}`, ...Object.fromEntries(urls) };
}
