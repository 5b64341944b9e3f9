import { randomBytes } from 'node:crypto';
import type { AnyTopology, Deployment, Environment } from '../environment.ts';
import { CannotStart } from '../local/cannot-start.ts';
import { choosePorts } from '../local/ports.ts';
import { createDeployment } from './deployment.ts';
import { openEngine } from './engine.ts';
import { buildImages, createProject, type Project, routesFile } from './project.ts';
import { createRoutes, type Routes } from './routes.ts';
import { wirings } from './wiring.ts';

export interface ComposeEnvironmentOptions {
  /** Of every component; default warn: a line for each request would be measured too. */
  logLevel?: string;
  /** Is told, in one sentence, when a container ended unasked. */
  report?: (sentence: string) => void;
}

/** The `compose` environment: each topology as a project of Docker Compose of its own. */
export function createComposeEnvironment({ logLevel = 'warn' }: ComposeEnvironmentOptions = {}): Environment {
  const run = randomBytes(3).toString('hex');
  const leftovers: (() => Promise<void>)[] = [];
  const deployments = new Map<AnyTopology, Deployment>();
  const abort = new AbortController();
  const underWay = new Set<Promise<void>>();

  async function start(topologies: readonly AnyTopology[], onReady: (what: string) => void): Promise<void> {
    const missing = topologies.filter((topology) => !deployments.has(topology));
    if (missing.length === 0) return;
    const engine = await openEngine();
    await buildImages(abort.signal);
    onReady('images');
    const ports = await choosePorts(missing.map(() => ({})));
    await Promise.all(
      missing.map(async (topology, index) => {
        const routes = await routesOf(topology);
        if (routes) leftovers.push(routes.remove);
        const port = ports[index] ?? 0;
        const project = createProject(topology, { run, port, logLevel, routesFolder: routes?.folder });
        leftovers.push(() => remove(project));
        await bringUp(project, abort.signal, (container) =>
          onReady(container.slice(`cleave-lab-${run}-`.length)),
        );
        deployments.set(topology, createDeployment(topology, { project, engine, routes }));
      }),
    );
  }

  async function stop(): Promise<void> {
    abort.abort(new CannotStart('The environment was stopped.'));
    await Promise.allSettled(underWay); // whoever called `up` is told
    await Promise.all(leftovers.map((end) => end()));
  }

  let stopping: Promise<void> | undefined;
  return {
    name: 'compose',
    enforcesBudgets: true,
    budgets:
      'Containers limit each topology to the same total: 2 CPUs and 1 GiB for our code, counted apart from its ' +
      'databases with 1.5 CPUs and 768 MiB, and 12 database connections.',
    async up(topologies, onReady = () => undefined) {
      abort.signal.throwIfAborted();
      const starting = start(topologies, onReady);
      underWay.add(starting);
      try {
        await starting;
      } finally {
        underWay.delete(starting);
      }
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

const routesOf = async (topology: AnyTopology): Promise<Routes | undefined> =>
  wirings[topology].entrance === 'gateway' ? createRoutes(routesFile(topology)) : undefined;
