import type { AnyTopology, Deployment, Part, PartName, ReplicaInfo, Usage } from '../environment.ts';
import { type Container, listContainers } from './containers.ts';
import type { Engine } from './engine.ts';
import * as faults from './faults.ts';
import { askControl, runModule } from './inside.ts';
import { lockTable } from './lock.ts';
import type { Project } from './project.ts';
import { countConnections } from './psql.ts';
import { createRollouts } from './rollouts.ts';
import { readUsage } from './stats.ts';
import { kindOf, wirings } from './wiring.ts';

/** The verbs on a topology that runs as a compose project. */
export function createDeployment(topology: AnyTopology, project: Project, engine: Engine): Deployment {
  const wiring = wirings[topology];
  const names: readonly PartName[] = [...wiring.services, ...wiring.databases];

  const replicasOf = async (part: PartName): Promise<Container[]> => {
    const containers = (await listContainers(engine, project.name)).filter(({ service }) => service === part);
    if (containers.length === 0) throw new Error(`${topology} has no ${part}`);
    return containers;
  };
  const first = async (part: PartName): Promise<Container> => {
    const [container] = await replicasOf(part);
    if (container === undefined) throw new Error(`${topology} has no ${part}`);
    return container;
  };
  const running = async (part: PartName): Promise<Container[]> =>
    (await replicasOf(part)).filter(({ isRunning }) => isRunning);

  return {
    topology,
    baseUrl: `http://127.0.0.1:${project.port}`,
    async parts() {
      const containers = await listContainers(engine, project.name);
      return names.map((name) => describe(name, containers));
    },
    serving: (module) => wiring.serving[module],
    databaseOf: (module) => wiring.databaseOf[module],
    kill: async (part) => faults.kill(engine, await first(part)),
    restore: async (part) => faults.restore(engine, await first(part)),
    pause: async (part) => faults.pause(engine, await first(part)),
    resume: async (part) => faults.resume(engine, await first(part)),
    async restart(part) {
      const replicas = await replicasOf(part);
      await Promise.all(replicas.map((container) => faults.restart(engine, container)));
    },
    ...createRollouts({ topology, project, engine, replicasOf }),
    async control(service, method, path, body) {
      const replicas = await running(service);
      return Promise.all(replicas.map(({ name }) => askControl(name, { method, path, body })));
    },
    async lock(module) {
      const { name } = await first(wiring.databaseOf[module]);
      return lockTable(name, wiring.databaseNames[module], `${module}.${module}`);
    },
    async usage() {
      const containers = await listContainers(engine, project.name);
      const counted = containers.flatMap((container) => {
        const part = names.find((name) => name === container.service);
        return part && container.isRunning ? [usageOf(engine, part, container)] : [];
      });
      return Promise.all(counted);
    },
    connections: async (database) => countConnections((await first(database)).name),
    probe: async (service, source) => runModule((await first(service)).name, source),
  };
}

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
