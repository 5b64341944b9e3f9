import type { Deployment, Part, PartName } from '../environment.ts';
import { runnerOf } from '../layout.ts';
import { countConnections } from './connections.ts';
import { askControlPort } from './control-port.ts';
import { controlPortOf, type Deployed, firstOf, membersOf, serviceOf } from './deployed.ts';
import type { Faults, Target } from './faults.ts';
import { replicaInfo } from './ground.ts';
import { lockTable } from './lock.ts';
import { probe } from './probe.ts';
import { required } from './required.ts';
import { restore } from './restore.ts';
import { deploy } from './rollout.ts';
import { scale } from './scale.ts';
import { readUsage } from './usage.ts';

/** The verbs on a topology that runs. */
export function createDeployment(deployed: Deployed, faults: Faults): Deployment {
  const { ground } = deployed;
  const { layout, home } = ground;
  const target = (name: PartName): Target => {
    const { id, host, port, process } = firstOf(deployed, name);
    return { name: id, host, port, process };
  };
  return {
    topology: ground.topology,
    baseUrl: `http://127.0.0.1:${required(home.ports.services, layout.entrance).port}`,
    parts: async () => partsOf(deployed),
    serving: (module) => runnerOf(layout, module).service,
    databaseOf: (module) => runnerOf(layout, module).store.server,
    kill: (name) => faults.kill(target(name)),
    restore: (name) => restore(membersOf(deployed, name)),
    pause: (name) => faults.pause(target(name)),
    resume: (name) => faults.resume(target(name)),
    async restart(name) {
      const members = membersOf(deployed, name);
      await Promise.all(members.map(({ process }) => process.stop()));
      await Promise.all(members.map(({ process }) => process.start()));
    },
    scale: (name, replicas) => scale(deployed, serviceOf(deployed, name), replicas),
    deploy: (name, version, readyWithinMs) =>
      deploy(deployed, serviceOf(deployed, name), version, readyWithinMs),
    control(name, method, path, body) {
      const running = serviceOf(deployed, name).replicas.filter(({ process }) => process.pid() !== undefined);
      if (running.length === 0) throw new Error(`${name} is not running`);
      return Promise.all(
        running.map((replica) => askControlPort(controlPortOf(deployed, name, replica), method, path, body)),
      );
    },
    lock: (module) => lockTable(ground, runnerOf(layout, module).store, module),
    usage: () => readUsage(deployed),
    connections: (database) => countConnections(ground, database),
    probe: (name, source) => probe(serviceOf(deployed, name), source),
  };
}

/** In the order of the layout: the gateway first, the databases last. */
function partsOf({ ground: { layout }, services, databases }: Deployed): Part[] {
  const ofServices = layout.services.map(
    ({ name }): Part => ({
      name,
      kind: name === 'gateway' ? 'gateway' : 'service',
      replicas: (services.get(name)?.replicas ?? []).map(replicaInfo),
    }),
  );
  const ofDatabases = layout.databases.map((name): Part => {
    const server = databases.get(name);
    return { name, kind: 'database', replicas: server ? [replicaInfo(server)] : [] };
  });
  return [...ofServices, ...ofDatabases];
}
