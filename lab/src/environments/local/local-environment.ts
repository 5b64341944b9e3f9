import {
  type Component,
  type ComponentName,
  databases,
  type EnvironmentDriver,
  type Service,
  services,
  type Topology,
} from '../driver.ts';
import { CannotStart } from './cannot-start.ts';
import type { LocalConfig } from './config.ts';
import { createFaults, type Target } from './faults.ts';
import { openSession, type Session } from './session.ts';
import { startAll } from './start-up.ts';
import { readStats } from './stats.ts';
import type { Supervised } from './supervise.ts';

export interface LocalOptions {
  config: LocalConfig;
  /** A folder for data that is kept; without it everything is in a temporary one that goes at the end. */
  dataDir?: string | undefined;
  /** Of every component; default info. */
  logLevel?: string;
  /** Is told, in one sentence, when a component ended unasked. */
  report?: (sentence: string) => void;
  /** Called as each component becomes ready. */
  onReady?: (name: ComponentName) => void;
}

/** The `local` environment: both topologies as child processes of this one, on embedded PostgreSQL. */
export interface LocalEnvironment extends EnvironmentDriver {
  /** The folder that holds data, logs and state, once `up` was called. */
  folder(): string;
}

/** Which service answers for a topology. */
const entrances: Readonly<Record<Topology, Service>> = { monolith: 'monolith', microservices: 'gateway' };
const nothing = (): void => undefined;

/**
 * Describes a local environment; `up` starts it. It goes with this process, however that ends.
 * `up` throws CannotStart for what the user can mend.
 */
export function createLocalEnvironment(options: LocalOptions): LocalEnvironment {
  const processes = new Map<ComponentName, Supervised>();
  const faults = createFaults();
  const abort = new AbortController();
  let opened: Session | undefined;
  let starting: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;

  const session = (): Session => {
    if (!opened) throw new Error('the environment is not up');
    return opened;
  };

  async function start(): Promise<void> {
    const { config, logLevel = 'info', dataDir, report = nothing, onReady = nothing } = options;
    opened = await openSession(config, logLevel, dataDir);
    await startAll({ ...opened, abort, processes, report, onReady });
  }

  async function stop(): Promise<void> {
    abort.abort(new CannotStart('The environment was stopped.'));
    await stopAll(services, processes);
    await stopAll(databases, processes);
    await starting?.catch(nothing); // whoever called `up` is told
    await opened?.close();
  }

  function target(name: Service): Target {
    const process = processes.get(name);
    if (!process) throw new Error(`${name} is not up`);
    return { name, process, port: session().wiring.ports.services[name].port };
  }

  return {
    up: () => (starting ??= start()),
    down: () => (stopping ??= stop()),
    folder: () => session().folder.path,
    baseUrl: (topology) => `http://127.0.0.1:${session().wiring.ports.services[entrances[topology]].port}`,
    components: () => describe(session(), processes),
    kill: (service) => faults.kill(target(service)),
    restore: (service) => target(service).process.start(),
    pause: (service) => faults.pause(target(service)),
    resume: (service) => faults.resume(target(service)),
    async restart(service) {
      const { process } = target(service);
      await process.stop();
      await process.start();
    },
    async stats() {
      const running = [...processes].flatMap(([name, process]) => {
        const pid = process.pid();
        return pid === undefined ? [] : [readStats(name, pid)];
      });
      return (await Promise.all(running)).filter((stats) => stats !== undefined);
    },
  };
}

async function stopAll(names: readonly ComponentName[], processes: Map<ComponentName, Supervised>) {
  await Promise.all(names.map((name) => processes.get(name)?.stop()));
}

function describe({ wiring: { ports } }: Session, processes: Map<ComponentName, Supervised>): Component[] {
  const pidOf = (name: ComponentName) => processes.get(name)?.pid();
  return [
    ...services.map((name) => ({ name, pid: pidOf(name), ...ports.services[name] })),
    ...databases.map((name) => ({ name, pid: pidOf(name), port: ports.databases[name] })),
  ];
}
