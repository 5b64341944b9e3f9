// The forum as `npm start` runs it, on PostgreSQL of its own, with as many rows as a part wants.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DatabaseName,
  type MainTopology,
  mainTopologies,
  type ServiceName,
} from '../../../lab/src/environments/environment.ts';
import { layouts } from '../../../lab/src/environments/layout.ts';
import type { Command } from '../../../lab/src/environments/local/launch.ts';
import { createLocalEnvironment } from '../../../lab/src/environments/local/local-environment.ts';
import { required } from '../../../lab/src/environments/local/required.ts';
import { runProgram } from './command.ts';
import type { Ports, Service } from './ground.ts';
import type { Target } from './window.ts';

const dataMain = join(import.meta.dirname, '../../../data/src/main.ts');
const loadMs = 20 * 60_000;

type Name = ServiceName | DatabaseName;

/** Both topologies with so many posts, and a tenth of that of users and of threads. */
export interface Forum {
  posts: number;
  pid(name: Name): number;
  port(name: Name): number;
  /** A topology with all that it consists of. */
  topology(name: MainTopology): Target;
  /** `DATABASE_URL` and `DATABASE_POOL` of a service, for others that stand on the same database. */
  database(name: ServiceName): Promise<Record<string, string>>;
  /** A service once more, as it runs now, but for its ports and for `env`. */
  copyOf(name: ServiceName, env?: Readonly<Record<string, string>>): Promise<Service['command']>;
  close(): Promise<void>;
}

/** Starts both topologies with the settings that they are shipped with, and fills them. @throws CannotStart */
export async function openForum(posts: number, report: (sentence: string) => void): Promise<Forum> {
  const environment = createLocalEnvironment({ faults: false, report });
  const part = (name: Name) => {
    const found = environment.components().find((component) => component.name === name);
    if (found?.pid === undefined) throw new Error(`${name} is not running`);
    return { pid: found.pid, port: found.port };
  };
  try {
    await environment.up(mainTopologies);
    const args = [dataMain, '--data', environment.folder(), '--posts', String(posts), '--replace'];
    await runProgram(process.execPath, args, { timeoutMs: loadMs });
  } catch (error) {
    await environment.down();
    throw error;
  }
  return {
    posts,
    pid: (name) => part(name).pid,
    port: (name) => part(name).port,
    topology(name) {
      const { services, databases } = layouts[name];
      const names = [...services.map((service) => service.name), ...databases];
      const components = Object.fromEntries(names.map((one) => [one, part(one).pid]));
      return { name, origin: environment.deployment(name).baseUrl, components };
    },
    async database(name) {
      const env = await environOf(part(name).pid);
      return {
        DATABASE_URL: required(env, 'DATABASE_URL'),
        DATABASE_POOL: required(env, 'DATABASE_POOL'),
      };
    },
    async copyOf(name, more = {}) {
      const { pid } = part(name);
      const [file = process.execPath, ...args] = await fields(pid, 'cmdline');
      const env = await environOf(pid);
      return (ports): Command => ({ file, args, env: { ...env, ...more, ...asEnv(ports) } });
    },
    close: () => environment.down(),
  };
}

const asEnv = ({ port, adminPort, controlPort }: Ports): Record<string, string> => ({
  PORT: String(port),
  ADMIN_PORT: String(adminPort),
  CONTROL_PORT: String(controlPort),
});

const fields = async (pid: number, file: 'cmdline' | 'environ'): Promise<string[]> =>
  (await readFile(`/proc/${pid}/${file}`, 'utf8')).split('\0').filter(Boolean);

async function environOf(pid: number): Promise<Record<string, string>> {
  const entries = await fields(pid, 'environ');
  return Object.fromEntries(entries.map((entry) => entry.split(/=(.*)/s, 2)));
}
