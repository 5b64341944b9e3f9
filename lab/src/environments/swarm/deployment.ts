import { read } from '../compose/command.ts';
import { partsOf } from '../compose/deployment.ts';
import { readUsage } from '../compose/stats.ts';
import type { Deployment, Part, PartName } from '../environment.ts';
import { askControl } from '../inside/control.ts';
import { lockTable } from '../inside/lock.ts';
import { runModule } from '../inside/module.ts';
import { countConnections } from '../inside/sql.ts';
import { layouts, runnerOf } from '../layout.ts';
import * as faults from './faults.ts';
import { gatewaysSeeAll } from './gateway-view.ts';
import { insideOf, isRunning, listReplicas, type Replica, type Running } from './replicas.ts';
import type { Stack } from './stack.ts';
import type { Swarm } from './swarm.ts';
import type { Versions } from './versions.ts';
import { settled } from './waiting.ts';

/** The verbs on a topology that runs as a stack. */
export function createDeployment(swarm: Swarm, stack: Stack, versions: Versions): Deployment {
  const { topology } = stack;
  const layout = layouts[topology];
  const names = partsOf(topology);
  const serviceOf = (part: PartName): string => `${stack.name}_${part}`;
  const replicasOf = (part: PartName): Promise<Replica[]> => listReplicas(swarm, serviceOf(part));
  const running = async (part: PartName): Promise<Running[]> => (await replicasOf(part)).filter(isRunning);
  const first = async (part: PartName): Promise<Running> => {
    const [replica] = await running(part);
    if (replica === undefined) throw new Error(`no ${part} of ${topology} runs`);
    return replica;
  };
  const paused = new Map<PartName, Running>();
  const whole = async (part: PartName): Promise<void> => {
    await settled(swarm, serviceOf(part));
    if (layout.routes.some(({ service }) => service === part)) await gatewaysSeeAll(swarm, stack, part);
  };

  return {
    topology,
    baseUrl: `http://127.0.0.1:${stack.port}`,
    parts: () => Promise.all(names.map(async (name) => describe(name, await replicasOf(name)))),
    serving: (module) => runnerOf(layout, module).service,
    databaseOf: (module) => runnerOf(layout, module).store.server,
    kill: async (part) => faults.kill(await first(part)),
    restore: whole,
    async pause(part) {
      const replica = await first(part);
      paused.set(part, replica);
      await faults.pause(replica, part.endsWith('-db'));
    },
    async resume(part) {
      const replica = paused.get(part);
      if (replica === undefined) throw new Error(`no ${part} of ${topology} was paused`);
      paused.delete(part);
      await faults.resume(replica, part.endsWith('-db'));
    },
    async restart(part) {
      const frozen = paused.get(part);
      paused.delete(part);
      if (frozen) await faults.resume(frozen, part.endsWith('-db')); // it would sit the grace period out
      await versions.renew(part);
      await whole(part);
    },
    async scale(service, replicas) {
      if (!Number.isInteger(replicas) || replicas < 1)
        throw new Error(`${replicas} is no number of replicas`);
      if (service === layout.entrance) throw new Error(`${service} owns a port of each node`);
      await read('docker', ['service', 'scale', '--detach', `${serviceOf(service)}=${replicas}`]);
      await whole(service);
    },
    async deploy(service, version, readyWithinMs) {
      const rollout = await versions.deploy(service, version, readyWithinMs);
      await whole(service);
      return rollout;
    },
    async control(service, method, path, body) {
      const replicas = await running(service);
      return Promise.all(replicas.map((each) => askControl(insideOf(each), { method, path, body })));
    },
    async lock(module) {
      const { server, database } = runnerOf(layout, module).store;
      return lockTable(insideOf(await first(server)), database, `${module}.${module}`);
    },
    async usage() {
      const used = names.map(async (part) =>
        Promise.all(
          (await running(part)).map(async ({ node, container }) => ({
            part,
            replica: container.name,
            ...(await readUsage(node.engine, container.id)),
          })),
        ),
      );
      return (await Promise.all(used)).flat();
    },
    connections: async (database) => countConnections(insideOf(await first(database))),
    probe: async (service, source) => runModule(insideOf(await first(service)), source),
  };
}

const kindOf = (part: PartName): Part['kind'] => {
  if (part === 'gateway') return 'gateway';
  return part.endsWith('-db') ? 'database' : 'service';
};

function describe(name: PartName, replicas: readonly Replica[]): Part {
  const kind = kindOf(name);
  return {
    name,
    kind,
    replicas: replicas.map(({ task, container, pid }) => ({
      id: container?.name ?? task.id,
      pid,
      ...(kind !== 'database' && container && { instance: container.hostname }),
    })),
  };
}
