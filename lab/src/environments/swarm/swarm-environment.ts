import { randomBytes } from 'node:crypto';
import { CannotStart } from '../cannot-start.ts';
import { read } from '../compose/command.ts';
import { buildImages } from '../compose/project.ts';
import type { Deployment, Environment, Topology } from '../environment.ts';
import { choosePorts } from '../ports.ts';
import { readSwarmConfig } from './config.ts';
import { createDeployment } from './deployment.ts';
import { labOverride } from './lab-override.ts';
import { deployStack, imagesOf, removeStack, type Stack, stackName } from './stack.ts';
import { openSwarm, type Swarm } from './swarm.ts';
import { createVersions } from './versions.ts';
import { stackSettled } from './waiting.ts';
import { watchEnds } from './watch-ends.ts';

export interface SwarmEnvironmentOptions {
  /** Of every component; default warn: a line for each request would be measured too. */
  logLevel?: string;
  /** Is told, in one sentence, when a container ended unasked. */
  report?: (sentence: string) => void;
}

/** What else than an environment others need of it. */
export interface SwarmEnvironment extends Environment {
  /** Uses or makes the swarm, without anything on it yet; `up` does so, too. */
  open(): Promise<void>;
  /** @throws Error before `up` */
  swarm(): Swarm;
  /** @throws Error when that topology is not up */
  stack(topology: Topology): Stack;
  /** The stacks that there are. */
  stackNames(): string[];
  /** What the names of all that it made hold. */
  readonly run: string;
  /** Of the components' images. */
  readonly tag: string;
}

/** The `swarm` environment: each topology as a stack of its own, on the swarm that is there or that it makes. */
export function createSwarmEnvironment(options: SwarmEnvironmentOptions = {}): SwarmEnvironment {
  const { logLevel = 'warn', report = () => undefined } = options;
  const { tag } = readSwarmConfig();
  const run = randomBytes(3).toString('hex');
  const leftovers: (() => Promise<void> | void)[] = [];
  const stacks = new Map<Topology, Stack>();
  const deployments = new Map<Topology, Deployment>();
  const abort = new AbortController();
  const underWay: Promise<void>[] = [];
  let swarm: Swarm | undefined;
  let opening: Promise<void> | undefined;
  async function openOnce(): Promise<void> {
    swarm = await openSwarm();
    leftovers.unshift(swarm.close); // the first that is made is the last that goes
  }
  const open = (): Promise<void> => (opening ??= openOnce());

  async function start(topologies: readonly Topology[], onReady: (what: string) => void): Promise<void> {
    const missing = topologies.filter((topology) => !stacks.has(topology));
    if (missing.length === 0) return;
    if (tag === 'local') await buildImages(abort.signal);
    onReady('images');
    await open();
    const opened = known(swarm, 'the swarm');
    await opened.load([...new Set(missing.flatMap((topology) => imagesOf(topology, tag)))]);
    onReady('nodes');
    const ports = await choosePorts(missing.map(() => ({})));
    const starting = missing.map((topology, index) =>
      startOne(opened, { name: stackName(run, topology), topology, port: ports[index] ?? 0 }, onReady),
    );
    underWay.push(...starting);
    await Promise.all(starting);
  }

  async function startOne(opened: Swarm, stack: Stack, onReady: (what: string) => void): Promise<void> {
    const { name, topology } = stack;
    stacks.set(topology, stack);
    leftovers.push(() => removeStack(opened, stack));
    await deployStack(stack, labOverride(topology, logLevel), { tag, signal: abort.signal });
    await whole(opened, stack, (part) => onReady(`${topology} ${part}`));
    leftovers.push(await watchEnds(await opened.nodes(), name, report));
    deployments.set(topology, createDeployment(opened, stack, await createVersions(opened, stack)));
  }

  async function stop(): Promise<void> {
    abort.abort(new CannotStart('The environment was stopped.'));
    await Promise.allSettled(underWay); // whoever called `up` is told
    const [leave, ...rest] = leftovers;
    const ends = await Promise.allSettled(rest.reverse().map(async (end) => end()));
    stacks.clear();
    await leave?.();
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  let stopping: Promise<void> | undefined;
  return {
    name: 'swarm',
    run,
    tag,
    open,
    heals: true,
    enforcesBudgets: true,
    budgets:
      'Containers limit each topology to the same total: 2 CPUs and 1 GiB for our code, counted apart from its ' +
      'databases with 1.5 CPUs and 768 MiB, and 12 database connections. Each node has a gateway of its own; ' +
      'requests enter by that of the first.',
    swarm: () => known(swarm, 'the swarm'),
    stack: (topology) => known(stacks.get(topology), topology),
    stackNames: () => [...stacks.values()].map(({ name }) => name),
    async up(topologies, onReady = () => undefined) {
      abort.signal.throwIfAborted();
      const starting = start(topologies, onReady);
      underWay.push(starting);
      await starting;
    },
    deployment: (topology) => known(deployments.get(topology), topology),
    down: () => (stopping ??= stop()),
  };
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is not up`);
  return value;
}

/** @throws CannotStart with what Swarm says of the stack's tasks */
async function whole(swarm: Swarm, { name }: Stack, onReady: (part: string) => void): Promise<void> {
  try {
    await stackSettled(swarm, name, onReady);
  } catch (error) {
    const tasks = await read('docker', [
      'stack',
      'ps',
      '--no-trunc',
      '--format',
      '{{.Name}} {{.CurrentState}} {{.Error}}',
      name,
    ]);
    throw new CannotStart(`${name} did not start: ${String(error)}\n${tasks}`, { cause: error });
  }
}
