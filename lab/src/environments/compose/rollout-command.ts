// `npm run rollout` and `npm run scale` on a compose project that runs, whoever started it.
import type { RolloutOrder } from '../../rollout/rollout-command.ts';
import type { Rollout, ServiceName } from '../environment.ts';
import type { Container } from './containers.ts';
import { type Engine, EngineError, openEngine } from './engine.ts';
import { type ComposeVersion, createFleet, type Fleet } from './fleet.ts';
import { type Rolled, replaceStartFirst, replaceStopFirst } from './rollout.ts';
import { openRoutes } from './routes.ts';
import { openRunningProject, type RunningProject } from './running-project.ts';
import { scale } from './scale.ts';
import { createTraffic, type Traffic } from './traffic.ts';
import { READY_WITHIN_MS } from './waiting.ts';

/** On the containers of a version that was rolled out: the image of the one before. */
const PREVIOUS = 'dev.cleave.previous-image';

/** Start-first behind the gateway; what owns the published port is stopped first. */
export async function rollOut(target: string, order: RolloutOrder): Promise<Rollout> {
  const began = performance.now();
  const { component, image, deadlineSeconds } = order;
  const { rolled, traffic, engine } = await open(target, component);
  await requireImage(engine, image);
  const next = versionOf(image, rolled.version.image);
  const ms = deadlineSeconds * 1_000;
  const isDeployed = traffic
    ? await replaceStartFirst(rolled, traffic, next, ms)
    : await replaceStopFirst(rolled, next, ms);
  return { outcome: isDeployed ? 'deployed' : 'rolled back', seconds: (performance.now() - began) / 1_000 };
}

export async function rollBack(target: string, component: ServiceName): Promise<Rollout> {
  const { previous } = await open(target, component);
  if (previous === undefined)
    throw new Error(`${component} of ${target} was never rolled out: there is no version to go back to.`);
  return rollOut(target, { component, image: previous, deadlineSeconds: READY_WITHIN_MS / 1_000 });
}

/** Resolves when so many replicas of the version that runs are ready and the gateway sends to all of them. */
export async function scaleTo(target: string, component: ServiceName, replicas: number): Promise<void> {
  const { rolled, traffic } = await open(target, component);
  if (!traffic) throw new Error(`${component} of ${target} owns its port: it has one replica.`);
  await scale(rolled, traffic, replicas);
}

interface Opened {
  engine: Engine;
  rolled: Rolled & { version: ComposeVersion & { image: string } };
  /** None for what owns the published port. */
  traffic: Traffic | undefined;
  previous: string | undefined;
}

async function open(target: string, service: ServiceName): Promise<Opened> {
  const engine = await openEngine();
  const project = await openRunningProject(engine, target);
  const running = project.components.get(service);
  if (running === undefined) throw new Error(`No ${service} runs in the compose project ${target}.`);
  const { image, labels, publishedPort } = running;
  const previous = labels[PREVIOUS];
  const fleet = createFleet(project, engine);
  return {
    engine,
    rolled: { service, version: versionOf(image, previous), fleet, engine },
    traffic: publishedPort === '' ? await trafficOf(project, fleet) : undefined,
    previous,
  };
}

const versionOf = (image: string, previous: string | undefined) => ({
  name: image,
  env: {},
  image,
  ...(previous !== undefined && { labels: { [PREVIOUS]: previous } }),
});

async function trafficOf({ name, routesFolder }: RunningProject, fleet: Fleet): Promise<Traffic> {
  if (routesFolder === undefined) throw new Error(`${name} has no gateway to tell of new replicas.`);
  const gateway = async (): Promise<Container> => {
    const [container] = await fleet.replicasOf('gateway');
    if (container === undefined) throw new Error(`${name} has no gateway`);
    return container;
  };
  return createTraffic(await openRoutes(routesFolder), gateway);
}

async function requireImage(engine: Engine, image: string): Promise<void> {
  try {
    await engine.get(`/images/${image}/json`);
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404) throw error;
    throw new Error(`There is no image ${image} here: build it, or pull it.`, { cause: error });
  }
}
