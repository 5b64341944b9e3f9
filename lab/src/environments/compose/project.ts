import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { CannotStart } from '../cannot-start.ts';
import type { Topology } from '../environment.ts';
import { read } from './command.ts';

/** A compose project with containers, volumes and networks of its own. */
export interface ComposeProject {
  name: string;
  /**
   * Runs `docker compose` on it.
   * @param override what is laid over the topology's file, in compose's own form
   * @returns what it wrote to stdout
   */
  compose(args: readonly string[], options?: ComposeOptions): Promise<string>;
}

/** One of a lab. */
export interface Project extends ComposeProject {
  /** The published port of its entrance on 127.0.0.1. */
  port: number;
}

export interface ComposeOptions {
  override?: object;
  signal?: AbortSignal;
  onLine?: (line: string) => void;
}

/** An idle topology must not spend CPU that another's measurement needs: checked until healthy, then hardly ever. */
const HEALTH_INTERVAL = '1h';
/** Until healthy for the first time: on a busy machine that takes a while, and the next check would be an hour later. */
const HEALTH_START = '10m';
const CONTROL_PORT = '9091';

const inDeploy = (path: string): string =>
  fileURLToPath(new URL(`../../../../deploy/compose/${path}`, import.meta.url));

/** The routes with which a topology's gateway starts. */
export const routesFile = (topology: Topology): string =>
  inDeploy(`${topology === 'monolith-replicated' ? 'gateway-of-copies' : 'gateway'}/routes.json`);

/** Builds the images of all topologies, once: they are the same. @throws CannotStart with the build's last lines */
export async function buildImages(signal: AbortSignal): Promise<void> {
  const files = ['monolith.yaml', 'microservices.yaml'].flatMap((name) => ['--file', inDeploy(name)]);
  try {
    await read('docker', ['compose', '--progress=plain', ...files, 'build'], { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new CannotStart(`The images could not be built: ${String(error)}`, { cause: error });
  }
}

/** @param run as in `newRun` */
export const projectName = (run: string, topology: Topology): string => `cleave-lab-${run}-${topology}`;

/**
 * Describes a topology's project; starts nothing.
 * @param run tells the projects of one lab from another's on the same machine
 * @param routesFolder holds the gateway's routes.json; none without a gateway
 */
export function createProject(
  topology: Topology,
  parts: { run: string; port: number; logLevel: string; routesFolder: string | undefined },
): Project {
  const { run, port, logLevel, routesFolder } = parts;
  const name = projectName(run, topology);
  const env = {
    COMPOSE_PROJECT_NAME: name,
    MONOLITH_PORT: String(port),
    GATEWAY_PORT: String(port),
    LOG_LEVEL: logLevel,
    HEALTH_INTERVAL,
    HEALTH_START,
    FAULTS: 'on',
    CONTROL_PORT,
    ...controlTokens(),
    ...(routesFolder !== undefined && { ROUTES_FOLDER: routesFolder }),
  };
  return {
    name,
    port,
    compose: (args, { override, ...options } = {}) => {
      const files = ['--file', inDeploy(`${topology}.yaml`), ...(override ? ['--file', '-'] : [])];
      const input = override && { input: JSON.stringify(override) };
      return read('docker', ['compose', '--progress=plain', ...files, ...args], {
        env,
        ...input,
        ...options,
      });
    },
  };
}

/** One for each component, so that none knows another's. */
const controlTokens = (): Record<string, string> =>
  Object.fromEntries(
    ['MONOLITH', 'GATEWAY', 'USERS', 'THREADS', 'POSTS'].map((name) => [
      `${name}_CONTROL_TOKEN`,
      randomBytes(24).toString('hex'),
    ]),
  );
