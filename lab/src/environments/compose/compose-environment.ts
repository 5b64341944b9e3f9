import { randomBytes } from 'node:crypto';
import { CannotStart } from '../cannot-start.ts';
import type { Deployment, Environment, Topology } from '../environment.ts';
import { layouts } from '../layout.ts';
import { choosePorts } from '../ports.ts';
import { createDeployment, partsOf } from './deployment.ts';
import { type Engine, openEngine } from './engine.ts';
import { buildImages, createProject, type Project, routesFile } from './project.ts';
import { createRoutes, type OwnRoutes } from './routes.ts';
import { watchEnds } from './watch-ends.ts';

export interface ComposeEnvironmentOptions {
  /** Of every component; default warn: a line for each request would be measured too. */
  logLevel?: string;
  /** Is told, in one sentence, when a container ended unasked. */
  report?: (sentence: string) => void;
  /** Six hexadecimal digits, which the names of its projects hold; default: drawn by chance. */
  run?: string;
}

/** Tells the projects of one lab from another's on the same machine. */
export const newRun = (): string => randomBytes(3).toString('hex');

/** The `compose` environment: each topology as a project of Docker Compose of its own. */
export function createComposeEnvironment(options: ComposeEnvironmentOptions = {}): Environment {
  const { logLevel = 'warn', report = () => undefined, run = newRun() } = options;
  const leftovers: (() => Promise<void> | void)[] = [];
  const deployments = new Map<Topology, Deployment>();
  const abort = new AbortController();
  const underWay: Promise<void>[] = [];

  async function start(topologies: readonly Topology[], onReady: (what: string) => void): Promise<void> {
    const missing = topologies.filter((topology) => !deployments.has(topology));
    if (missing.length === 0) return;
    const engine = await openEngine();
    await buildImages(abort.signal);
    onReady('images');
    const ports = await choosePorts(missing.map(() => ({})));
    const starting = missing.map((topology, index) => startOne(topology, engine, ports[index] ?? 0, onReady));
    underWay.push(...starting);
    await Promise.all(starting);
  }

  async function startOne(
    topology: Topology,
    engine: Engine,
    port: number,
    onReady: (what: string) => void,
  ): Promise<void> {
    const routes = await routesOf(topology);
    if (routes) leftovers.push(routes.remove);
    const project = createProject(topology, { run, port, logLevel, routesFolder: routes?.folder });
    leftovers.push(() => remove(project));
    const shortName = (container: string) => container.slice(`cleave-lab-${run}-`.length);
    await bringUp(project, abort.signal, (container) => onReady(shortName(container)));
    leftovers.push(await watchEnds(engine, project.name, partsOf(topology), report));
    deployments.set(topology, createDeployment(topology, { project, engine, routes }));
  }

  async function stop(): Promise<void> {
    abort.abort(new CannotStart('The environment was stopped.'));
    await Promise.allSettled(underWay); // whoever called `up` is told
    // the last first: what watches the containers is gone before they are
    await Promise.all(leftovers.reverse().map((end) => end()));
  }

  let stopping: Promise<void> | undefined;
  return {
    name: 'compose',
    heals: false, // a container that was killed by hand stays down
    enforcesBudgets: true,
    budgets:
      'Containers limit each topology to the same total: 2 CPUs and 1 GiB for our code, counted apart from its ' +
      'databases with 1.5 CPUs and 768 MiB, and 12 database connections.',
    async up(topologies, onReady = () => undefined) {
      abort.signal.throwIfAborted();
      const starting = start(topologies, onReady);
      underWay.push(starting);
      await starting;
    },
    deployment(topology) {
      const deployment = deployments.get(topology);
      if (!deployment) throw new Error(`${topology} is not up`);
      return deployment;
    },
    down: () => (stopping ??= stop()),
  };
}

/** @throws CannotStart with the last lines of the logs */
async function bringUp(
  project: Project,
  signal: AbortSignal,
  onHealthy: (container: string) => void,
): Promise<void> {
  const told = new Set<string>();
  const onLine = (line: string): void => {
    const name = /Container (\S+)\s+Healthy/.exec(line)?.[1];
    if (name === undefined || told.has(name)) return;
    told.add(name);
    onHealthy(name);
  };
  try {
    await project.compose(['up', '--no-build', '--wait'], { signal, onLine });
  } catch (error) {
    signal.throwIfAborted();
    const logs = await project.compose(['logs', '--no-color', '--tail=20']);
    throw new CannotStart(`${project.name} did not start: ${String(error)}\n${logs}`, { cause: error });
  }
}

async function remove(project: Project): Promise<void> {
  await project.compose(['down', '--volumes', '--remove-orphans', '--timeout=0']);
}

const routesOf = async (topology: Topology): Promise<OwnRoutes | undefined> =>
  layouts[topology].entrance === 'gateway' ? createRoutes(routesFile(topology)) : undefined;
