import { CannotStart } from '../cannot-start.ts';
import { type Deployment, type Environment, mainTopologies, type Topology } from '../environment.ts';
import { type Component, listComponents } from './components.ts';
import type { LocalConfig } from './config.ts';
import { createDeployed, type Deployed } from './deployed.ts';
import { createDeployment } from './deployment.ts';
import { createFaults, type Faults } from './faults.ts';
import { createGround, spokenName } from './ground.ts';
import { openSession, type Session } from './session.ts';
import { directFirst, startAll } from './start-up.ts';
import { stopAll } from './stop.ts';

export interface LocalOptions {
  /** Default: any free ports. */
  config?: LocalConfig;
  /** A folder for data that is kept; without it everything is in a temporary one that goes at the end. */
  dataDir?: string | undefined;
  /** Of every component; default info. */
  logLevel?: string;
  /** Whether control ports take orders to cause faults; default yes. */
  faults?: boolean;
  /** Is told, in one sentence, when a component ended unasked. */
  report?: (sentence: string) => void;
  /** Called as each component becomes ready. */
  onReady?: (name: string) => void;
}

/** The `local` environment: topologies as child processes of this one, on embedded PostgreSQL. */
export interface LocalEnvironment extends Environment {
  /** Default: monolith and microservices. Once only. */
  up(topologies?: readonly Topology[], onReady?: (what: string) => void): Promise<void>;
  /** The folder that holds data, logs and state, once `up` was called. */
  folder(): string;
  /** For `npm start` to show. */
  components(): Component[];
}

const nothing = (): void => undefined;

/**
 * Describes a local environment; `up` starts it. It goes with this process, however that ends.
 * `up` throws CannotStart for what the user can mend.
 */
export function createLocalEnvironment(options: LocalOptions = {}): LocalEnvironment {
  const all = new Map<Topology, Deployed>();
  const deployments = new Map<Topology, Deployment>();
  const abort = new AbortController();
  let opened: Session | undefined;
  let faults: Faults | undefined;
  let starting: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;

  const session = (): Session => {
    if (!opened) throw new Error('the environment is not up');
    return opened;
  };

  async function start(topologies: readonly Topology[], onReady: (what: string) => void): Promise<void> {
    const { config = { monolithPort: 0, gatewayPort: 0 }, dataDir } = options;
    const { logLevel = 'info', faults: takesFaults = true, report = nothing } = options;
    const common = { logLevel, faults: takesFaults, abort, report };
    opened = await openSession(config, dataDir, topologies);
    faults = createFaults(opened.watchdog);
    for (const topology of topologies) {
      const deployed = createDeployed(createGround(topology, opened, common));
      all.set(topology, deployed);
      deployments.set(topology, createDeployment(deployed, faults));
      if (deployed.ground.layout.routes.length > 0) await directFirst(deployed);
    }
    await startAll([...all.values()], opened, abort, ({ ground }, name) => onReady(spokenName(ground, name)));
  }

  async function stop(): Promise<void> {
    abort.abort(new CannotStart('The environment was stopped.'));
    faults?.letGo();
    await stopAll([...all.values()]);
    await starting?.catch(nothing); // whoever called `up` is told
    await opened?.close();
  }

  const deployment = (topology: Topology): Deployment => {
    const found = deployments.get(topology);
    if (!found) throw new Error(`${topology} is not up`);
    return found;
  };

  async function up(
    topologies: readonly Topology[] = mainTopologies,
    onReady = options.onReady ?? nothing,
  ): Promise<void> {
    if (starting) throw new Error('the environment was started before: name all topologies then');
    starting = start(topologies, onReady);
    await starting;
  }

  return {
    name: 'local',
    heals: false,
    budgets: 'Not enforced: all components share this machine, and only the connections are limited.',
    enforcesBudgets: false,
    up,
    down: () => (stopping ??= stop()),
    folder: () => session().folder.path,
    deployment,
    components: () => listComponents([...all.values()]),
  };
}
