import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { AnyTopology } from '../environment.ts';
import { read } from './command.ts';

/** A compose project with containers, volumes, networks and a port of its own. */
export interface Project {
  name: string;
  /** The published port of its entrance on 127.0.0.1. */
  port: number;
  /**
   * Runs `docker compose` on it.
   * @param override what is laid over the topology's file, in compose's own form
   * @returns what it wrote to stdout
   */
  compose(args: readonly string[], options?: ComposeOptions): Promise<string>;
}

export interface ComposeOptions {
  override?: object;
  signal?: AbortSignal;
  onLine?: (line: string) => void;
}

/** An idle topology must not spend CPU that another's measurement needs: checked until healthy, then hardly ever. */
const HEALTH_INTERVAL = '1h';
const CONTROL_PORT = '9091';

export const composeFile = (topology: AnyTopology): string =>
  fileURLToPath(new URL(`../../../../deploy/compose/${topology}.yaml`, import.meta.url));

/**
 * Describes a topology's project; starts nothing.
 * @param run tells the projects of one lab from another's on the same machine
 * @param routesFolder holds the gateway's routes.json, when it is not to be the topology's own
 */
export function createProject(
  topology: AnyTopology,
  parts: { run: string; port: number; logLevel: string; routesFolder?: string },
): Project {
  const { run, port, logLevel, routesFolder } = parts;
  const name = `cleave-lab-${run}-${topology}`;
  const env = {
    COMPOSE_PROJECT_NAME: name,
    MONOLITH_PORT: String(port),
    GATEWAY_PORT: String(port),
    LOG_LEVEL: logLevel,
    HEALTH_INTERVAL,
    FAULTS: 'on',
    CONTROL_PORT,
    CONTROL_TOKEN: randomBytes(24).toString('hex'),
    ...(routesFolder !== undefined && { ROUTES_FOLDER: routesFolder }),
  };
  return {
    name,
    port,
    compose: (args, { override, ...options } = {}) => {
      const files = ['--file', composeFile(topology), ...(override ? ['--file', '-'] : [])];
      const input = override && { input: JSON.stringify(override) };
      return read('docker', ['compose', '--progress=plain', ...files, ...args], {
        env,
        ...input,
        ...options,
      });
    },
  };
}
