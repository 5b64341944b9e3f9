import {
  type Deployment,
  type Part,
  type PartName,
  type ReplicaInfo,
  type ServiceName,
  sameVersion,
  type Topology,
  type Usage,
  type Version,
} from '../environment.ts';
import { askControl } from '../inside/control.ts';
import { lockTable } from '../inside/lock.ts';
import { runModule } from '../inside/module.ts';
import { countConnections } from '../inside/sql.ts';
import { layouts, runnerOf } from '../layout.ts';
import { type Container, listContainers } from './containers.ts';
import type { Engine } from './engine.ts';
import * as faults from './faults.ts';
import { createFleet } from './fleet.ts';
import type { Project } from './project.ts';
import { type Rolled, replaceStartFirst, replaceStopFirst } from './rollout.ts';
import type { Routes } from './routes.ts';
import { scale } from './scale.ts';
import { insideOf } from './shell.ts';
import { readUsage } from './stats.ts';
import { createTraffic } from './traffic.ts';

/**
 * The verbs on a topology that runs as a compose project.
 * @param routes those of its gateway, where it has one
 */
export function createDeployment(
  topology: Topology,
  { project, engine, routes }: { project: Project; engine: Engine; routes: Routes | undefined },
): Deployment {
  const layout = layouts[topology];
  const names = partsOf(topology);

  const fleet = createFleet(project, engine);
  const { replicasOf } = fleet;
  const versions = new Map<ServiceName, Version>();
  const first = async (part: PartName): Promise<Container> => {
    const [container] = await replicasOf(part);
    if (container === undefined) throw new Error(`${topology} has no ${part}`);
    return container;
  };
  const running = async (part: PartName): Promise<Container[]> =>
    (await replicasOf(part)).filter(({ isRunning }) => isRunning);
  const traffic = routes && createTraffic(routes, () => first('gateway'));
  /** None for a service that owns the published port, which a second container cannot have. */
  const trafficTo = (service: ServiceName) => (service === layout.entrance ? undefined : traffic);
  const rolledOf = (service: ServiceName): Rolled => ({
    service,
    version: versions.get(service) ?? sameVersion,
    fleet,
    engine,
  });

  return {
    topology,
    baseUrl: `http://127.0.0.1:${project.port}`,
    async parts() {
      const containers = await listContainers(engine, project.name);
      return names.map((name) => describe(name, containers));
    },
    serving: (module) => runnerOf(layout, module).service,
    databaseOf: (module) => runnerOf(layout, module).store.server,
    kill: async (part) => faults.kill(engine, await first(part)),
    async restore(part) {
      const replicas = await replicasOf(part);
      await Promise.all(replicas.map((container) => faults.restore(engine, container)));
    },
    pause: async (part) => faults.pause(engine, await first(part)),
    resume: async (part) => faults.resume(engine, await first(part)),
    async restart(part) {
      const replicas = await replicasOf(part);
      await Promise.all(replicas.map((container) => faults.restart(engine, container)));
    },
    async scale(service, replicas) {
      const traffic = trafficTo(service);
      if (!traffic) throw new Error(`${service} owns the port of ${topology}: it has one replica`);
      await scale(rolledOf(service), traffic, replicas);
    },
    async deploy(service, version, readyWithinMs) {
      const began = performance.now();
      const traffic = trafficTo(service);
      const isDeployed = traffic
        ? await replaceStartFirst(rolledOf(service), traffic, version, readyWithinMs)
        : await replaceStopFirst(rolledOf(service), version, readyWithinMs);
      if (isDeployed) versions.set(service, version);
      const outcome = isDeployed ? 'deployed' : 'rolled back';
      return { outcome, seconds: (performance.now() - began) / 1_000 };
    },
    async control(service, method, path, body) {
      const replicas = await running(service);
      return Promise.all(replicas.map(({ name }) => askControl(insideOf(name), { method, path, body })));
    },
    async lock(module) {
      const { server, database } = runnerOf(layout, module).store;
      return lockTable(insideOf((await first(server)).name), database, `${module}.${module}`);
    },
    async usage() {
      const containers = await listContainers(engine, project.name);
      const counted = containers.flatMap((container) => {
        const part = names.find((name) => name === container.service);
        return part && container.isRunning ? [usageOf(engine, part, container)] : [];
      });
      return Promise.all(counted);
    },
    connections: async (database) => countConnections(insideOf((await first(database)).name)),
    probe: async (service, source) => runModule(insideOf((await first(service)).name), source),
  };
}

export const partsOf = (topology: Topology): PartName[] => [
  ...layouts[topology].services.map(({ name }) => name),
  ...layouts[topology].databases,
];

const kindOf = (part: PartName): Part['kind'] => {
  if (part === 'gateway') return 'gateway';
  return part.endsWith('-db') ? 'database' : 'service';
};

function describe(name: PartName, containers: Container[]): Part {
  const kind = kindOf(name);
  const replicas = containers
    .filter(({ service }) => service === name)
    .map(
      (container): ReplicaInfo => ({
        id: container.name,
        pid: container.pid,
        ...(kind !== 'database' && { instance: container.hostname }),
      }),
    );
  return { name, kind, replicas };
}

const usageOf = async (engine: Engine, part: PartName, { id, name }: Container): Promise<Usage> => ({
  part,
  replica: name,
  ...(await readUsage(engine, id)),
});
