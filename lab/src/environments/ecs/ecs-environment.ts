import { randomBytes } from 'node:crypto';
import { CannotStart } from '../cannot-start.ts';
import { type Engine, openEngine } from '../compose/engine.ts';
import { buildImages } from '../compose/project.ts';
import { watchContainers } from '../compose/watch-ends.ts';
import type { Deployment, Environment, MainTopology, ServiceName, Topology } from '../environment.ts';
import { layouts } from '../layout.ts';
import { awsFor } from './aws-command.ts';
import { requireEmulator } from './config.ts';
import { clusterLabel, componentLabel, isOfSite } from './containers.ts';
import { createDeployment } from './deployment.ts';
import { createLabImages, type LabImages } from './images.ts';
import { sweep } from './leftovers.ts';
import { type Site, serves } from './site.ts';
import { standIn } from './stand-in.ts';

export interface EcsEnvironmentOptions {
  /** Of every component; default warn: a line for each request would be measured too. */
  logLevel?: string;
  /** Is told, in one sentence, when a task ended unasked. */
  report?: (sentence: string) => void;
}

/** The environment with what the acceptance checks need to know of it. */
export interface EcsEnvironment extends Environment {
  readonly images: LabImages;
  engine(): Promise<Engine>;
  /** Throws when that topology is not up. */
  site(topology: Topology): Site;
  /** Of all that were begun, up or not. */
  siteNames(): string[];
}

/** What the command is asked for, and over how many tasks the CPU of each component is split. */
const ups: Readonly<Partial<Record<Topology, { as: MainTopology; short: string; tasks: number }>>> = {
  monolith: { as: 'monolith', short: 'm', tasks: 1 },
  'monolith-replicated': { as: 'monolith', short: 'r', tasks: 2 },
  microservices: { as: 'microservices', short: 's', tasks: 1 },
};

/** The `ecs` environment: each topology as a deployment of its own by `npm run aws`, on an emulator of AWS. */
export function createEcsEnvironment(options: EcsEnvironmentOptions = {}): EcsEnvironment {
  const { logLevel = 'warn', report = () => undefined } = options;
  const run = randomBytes(3).toString('hex');
  const images = createLabImages(run);
  const leftovers: (() => Promise<void> | void)[] = [];
  const running = new Map<Topology, { site: Site; deployment: Deployment }>();
  const names: string[] = [];
  const abort = new AbortController();
  const underWay: Promise<void>[] = [];
  let opened: Promise<Engine> | undefined;
  const engine = (): Promise<Engine> => (opened ??= openEngine());

  async function start(topologies: readonly Topology[], onReady: (what: string) => void): Promise<void> {
    const missing = topologies.filter((topology) => !running.has(topology));
    if (missing.length === 0) return;
    requireEmulator();
    const here = await engine();
    await buildImages(abort.signal);
    leftovers.push(images.remove);
    await images.build(logLevel, abort.signal);
    onReady('images');
    // one after the other: stacks, images and databases of two would be in each other's way on one machine
    for (const topology of missing) await startOne(topology, here, onReady);
  }

  async function startOne(topology: Topology, here: Engine, onReady: (what: string) => void): Promise<void> {
    const up = ups[topology];
    if (up === undefined)
      throw new CannotStart(
        `${topology} does not run on ECS: a service has a database of its own, or shares the monolith's.`,
      );
    const name = `lab-${run}-${up.short}`;
    const aws = awsFor(name);
    names.push(name);
    leftovers.push(async () => {
      await aws(['down', '--yes', '--no-snapshots']);
      await sweep(here, name);
    });
    if (up.as === 'microservices') leftovers.push(await standIn(name));
    const words = ['up', '--topology', up.as, '--image', images.tag, '--tasks', String(up.tasks)];
    const baseUrl = await aws(words, { signal: abort.signal }).catch((error: unknown) => {
      abort.signal.throwIfAborted();
      throw new CannotStart(`${topology} did not start on ECS: ${String(error)}`, { cause: error });
    });
    const services = layouts[topology].services
      .map((service) => service.name)
      .filter((each) => each !== 'gateway');
    const wanted = new Map<ServiceName, number>(services.map((service) => [service, up.tasks]));
    const site: Site = { topology, name, baseUrl, engine: here, aws, wanted };
    for (const service of services) {
      await serves(site, service);
      onReady(`${topology} ${service}`);
    }
    leftovers.push(await watch(here, name, services, report));
    running.set(topology, { site, deployment: createDeployment(site, images) });
  }

  async function stop(): Promise<void> {
    abort.abort(new CannotStart('The environment was stopped.'));
    await Promise.allSettled(underWay); // whoever called `up` is told
    running.clear();
    // the last first: what watches the tasks is gone before they are, and images are removed when nothing runs them
    for (const end of leftovers.reverse()) await end();
  }

  const found = (topology: Topology) => {
    const one = running.get(topology);
    if (!one) throw new Error(`${topology} is not up`);
    return one;
  };
  let stopping: Promise<void> | undefined;
  return {
    name: 'ecs',
    heals: true,
    images,
    engine,
    enforcesBudgets: true,
    budgets:
      'Tasks limit each topology: 2 vCPUs for the monolith and 1.5 for the services, whose gateway is the load ' +
      'balancer and not counted; 4 and 3 GiB, the least that Fargate has with them; 12 database connections. The ' +
      'databases are not limited.',
    async up(topologies, onReady = () => undefined) {
      abort.signal.throwIfAborted();
      const starting = start(topologies, onReady);
      underWay.push(starting);
      await starting;
    },
    deployment: (topology) => found(topology).deployment,
    site: (topology) => found(topology).site,
    siteNames: () => [...names],
    down: () => (stopping ??= stop()),
  };
}

/** Tells of tasks that end without having been told to. @returns what ends the watch */
const watch = (
  engine: Engine,
  site: string,
  services: readonly string[],
  report: (sentence: string) => void,
): Promise<() => void> =>
  watchContainers(engine, clusterLabel, ({ name, labels, why }) => {
    if (isOfSite(labels, site) && services.includes(labels[componentLabel] ?? ''))
      report(`${name} ended (${why}): ECS starts another task.`);
  });
