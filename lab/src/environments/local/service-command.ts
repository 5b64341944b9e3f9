import { join } from 'node:path';
import type { Service } from '../driver.ts';
import { entryPoint, type Owner, stores } from './entry-points.ts';
import type { Command } from './launch.ts';
import { superuserUrl } from './postgres.ts';
import type { Ports, State } from './state.ts';

/** All that the command lines of components depend on. */
export interface Wiring {
  folder: string;
  state: State;
  ports: Ports;
  logLevel: string;
}

/** The command that serves a component. */
export function serviceCommand(service: Service, wiring: Wiring): Command {
  const { port, adminPort, controlPort } = wiring.ports.services[service];
  const env = {
    HOST: '127.0.0.1',
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
    CONTROL_PORT: String(controlPort),
    CONTROL_TOKEN: wiring.state.controlToken,
    INSTANCE: service,
    LOG_LEVEL: wiring.logLevel,
    DRAIN_TIMEOUT_MS: '3000', // the whole environment has to be gone within 10 s
    ...(service === 'gateway' ? { ROUTES_FILE: routesFile(wiring.folder) } : databaseEnv(service, wiring)),
    ...peerEnv(service, wiring.ports),
  };
  return nodeCommand(entryPoint(service, 'main'), env);
}

/** The command that makes a component's database, roles and tables, as far as they are not there. */
export function migrateCommand(owner: Owner, wiring: Wiring): Command {
  const port = wiring.ports.databases[stores[owner].server];
  const env = {
    DATABASE_SUPERUSER_URL: superuserUrl(port, wiring.state.superuserPassword, 'postgres'),
    DATABASE_MIGRATOR_URL: roleUrl('migrator', owner, wiring),
    DATABASE_URL: roleUrl('app', owner, wiring),
  };
  return nodeCommand(entryPoint(owner, 'migrate'), env);
}

/** Where the gateway's routes are. */
export function routesFile(folder: string): string {
  return join(folder, 'routes.json');
}

function nodeCommand(program: string, env: Record<string, string>): Command {
  return { file: process.execPath, args: [program], env: { NODE_ENV: 'production', ...env } };
}

function databaseEnv(owner: Owner, wiring: Wiring): Record<string, string> {
  return { DATABASE_URL: roleUrl('app', owner, wiring), DATABASE_POOL: String(stores[owner].pool) };
}

function roleUrl(role: 'migrator' | 'app', owner: Owner, { state, ports }: Wiring): string {
  const { server, database } = stores[owner];
  return `postgres://${database}_${role}:${state.roles[server][role]}@127.0.0.1:${ports.databases[server]}/${database}`;
}

function peerEnv(service: Service, ports: Ports): Record<string, string> {
  const url = (peer: Service) => `http://127.0.0.1:${ports.services[peer].port}`;
  if (service === 'threads') return { USERS_URL: url('users'), POSTS_URL: url('posts') };
  if (service === 'posts') return { USERS_URL: url('users'), THREADS_URL: url('threads') };
  return {};
}
