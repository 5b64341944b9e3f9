import { randomBytes } from 'node:crypto';
import { CannotStart } from '../cannot-start.ts';
import { partsOf } from '../compose/deployment.ts';
import { buildImages } from '../compose/project.ts';
import type { Deployment, Environment, Topology } from '../environment.ts';
import { type Api, openApi } from './api.ts';
import { type KubernetesConfig, readKubernetesConfig } from './config.ts';
import { createDeployment } from './deployment.ts';
import { componentImages, loadImages } from './images.ts';
import { kubectl, requireCluster } from './kubectl.ts';
import { volumesGone } from './leftovers.ts';
import type { Space } from './space.ts';
import { bringUp } from './up.ts';
import { watchEnds } from './watch-ends.ts';

export interface KubernetesEnvironmentOptions {
  /** Of every component; default warn: a line for each request would be measured too. */
  logLevel?: string;
  /** Is told, in one sentence, when a container ended unasked. */
  report?: (sentence: string) => void;
  /** Where databases run; anywhere without it. */
  databaseNode?: string;
  config?: KubernetesConfig;
}

/** The environment with what the acceptance checks need to know of it. */
export interface KubernetesEnvironment extends Environment {
  /** Names the namespaces of this run: `<prefix>-<topology>`. */
  readonly prefix: string;
  /** Until `down`. */
  api(): Promise<Api>;
  /** Throws when that topology is not up. */
  space(topology: Topology): Space;
  /** Of the topologies that are up. */
  spaces(): Space[];
}

/** The tag of the images with which topologies start. */
export const TAG = 'local';

/** The `kubernetes` environment: each topology in a namespace of its own, from what deploy/k8s has for it. */
export function createKubernetesEnvironment(
  options: KubernetesEnvironmentOptions = {},
): KubernetesEnvironment {
  const { logLevel = 'warn', report = () => undefined, databaseNode } = options;
  const prefix = `cleave-lab-${randomBytes(3).toString('hex')}`;
  const leftovers: (() => Promise<void> | void)[] = [];
  const running = new Map<Topology, { space: Space; deployment: Deployment }>();
  const abort = new AbortController();
  const underWay: Promise<void>[] = [];
  let opened: Promise<Api> | undefined;
  const api = (): Promise<Api> => (opened ??= openApi());

  async function start(topologies: readonly Topology[], onReady: (what: string) => void): Promise<void> {
    const missing = topologies.filter((topology) => !running.has(topology));
    if (missing.length === 0) return;
    await requireCluster();
    const { buildsImages, imageLoader } = options.config ?? readKubernetesConfig();
    if (buildsImages) {
      await buildImages(abort.signal);
      await loadImages(componentImages(missing, TAG), imageLoader);
      onReady('images');
    }
    abort.signal.throwIfAborted();
    const server = await api();
    const starting = missing.map((topology) => startOne(server, topology, onReady));
    underWay.push(...starting);
    await Promise.all(starting);
  }

  async function startOne(server: Api, topology: Topology, onReady: (what: string) => void): Promise<void> {
    const namespace = `${prefix}-${topology}`;
    leftovers.push(() => remove(namespace));
    const as = { topology, tag: TAG, logLevel, tokens: controlTokens(), databaseNode };
    const told = (part: string): void => onReady(`${topology} ${part}`);
    const { space, baseUrl } = await bringUp(server, namespace, as, abort.signal, told);
    leftovers.push(await watchEnds(server, namespace, partsOf(topology), report));
    const deployment = createDeployment(space, baseUrl);
    running.set(topology, { space, deployment });
  }

  async function stop(): Promise<void> {
    abort.abort(new CannotStart('The environment was stopped.'));
    await Promise.allSettled(underWay); // whoever called `up` is told
    running.clear();
    // the last first: what watches the pods is gone before they are
    await Promise.all(leftovers.reverse().map((end) => end()));
    const server = await opened;
    if (server) await volumesGone(server, prefix);
    await server?.close();
  }

  const found = (topology: Topology) => {
    const one = running.get(topology);
    if (!one) throw new Error(`${topology} is not up`);
    return one;
  };
  let stopping: Promise<void> | undefined;
  return {
    name: 'kubernetes',
    heals: true,
    prefix,
    api,
    enforcesBudgets: true,
    budgets:
      'Limits of containers give each topology the same total: 2 CPUs and 1 GiB for our code, counted apart from its ' +
      'databases with 1.5 CPUs and 768 MiB, and 12 database connections.',
    async up(topologies, onReady = () => undefined) {
      abort.signal.throwIfAborted();
      const starting = start(topologies, onReady);
      underWay.push(starting);
      await starting;
    },
    deployment: (topology) => found(topology).deployment,
    space: (topology) => found(topology).space,
    spaces: () => [...running.values()].map(({ space }) => space),
    down: () => (stopping ??= stop()),
  };
}

/** With all that is in it, volumes too. */
const remove = async (namespace: string): Promise<void> => {
  await kubectl(['delete', 'namespace', namespace, '--ignore-not-found', '--timeout=180s']);
};

/** One for each component, so that none knows another's. */
const controlTokens = () => {
  const token = (): string => randomBytes(24).toString('hex');
  return { monolith: token(), gateway: token(), users: token(), threads: token(), posts: token() };
};
