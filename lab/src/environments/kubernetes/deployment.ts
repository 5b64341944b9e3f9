import { partsOf } from '../compose/deployment.ts';
import type { Deployment, Part, PartName, Usage } from '../environment.ts';
import { askControl } from '../inside/control.ts';
import { lockTable } from '../inside/lock.ts';
import { runModule } from '../inside/module.ts';
import { countConnections } from '../inside/sql.ts';
import { layouts, runnerOf } from '../layout.ts';
import { deploy } from './deploy.ts';
import * as faults from './faults.ts';
import { listPods, type Pod } from './pods.ts';
import { processesOf } from './processes.ts';
import { restart, restore } from './restart.ts';
import { scale } from './scale.ts';
import { insideOf } from './shell.ts';
import type { Space } from './space.ts';
import { usageOf } from './usage.ts';

/** The verbs on a topology that runs in a namespace. */
export function createDeployment(space: Space, baseUrl: string): Deployment {
  const { topology, namespace, api, firstPod, podsOf } = space;
  const layout = layouts[topology];
  const names = partsOf(topology);
  const inside = (pod: Pod) => insideOf(namespace, pod);
  /** All pods that count, with the pid of what each runs. */
  const members = async (): Promise<Member[]> => {
    const pods = (await listPods(api, namespace)).filter(({ isEnding }) => !isEnding);
    const processes = await processesOf(pods.flatMap(({ container }) => container?.id ?? []));
    return pods.flatMap((pod) => {
      const part = names.find((name) => name === pod.part);
      return part ? [{ part, pod, pid: processes.get(pod.container?.id ?? '')?.main }] : [];
    });
  };

  return {
    topology,
    baseUrl,
    async parts() {
      const all = await members();
      return names.map((name) => describe(name, all));
    },
    serving: (module) => runnerOf(layout, module).service,
    databaseOf: (module) => runnerOf(layout, module).store.server,
    kill: async (part) => faults.kill(await firstPod(part)),
    restore: (part) => restore(space, part),
    pause: async (part) => faults.pause(await firstPod(part)),
    resume: async (part) => faults.resume(await firstPod(part)),
    restart: (part) => restart(space, part),
    scale: (service, replicas) => scale(space, service, replicas),
    deploy: (service, version, readyWithinMs) => deploy(space, service, version, readyWithinMs),
    async control(service, method, path, body) {
      const pods = (await podsOf(service)).filter(({ container }) => container);
      return Promise.all(pods.map((pod) => askControl(inside(pod), { method, path, body })));
    },
    async lock(module) {
      const { server, database } = runnerOf(layout, module).store;
      return lockTable(inside(await firstPod(server)), database, `${module}.${module}`);
    },
    async usage() {
      const counted = (await members()).map(async ({ part, pod, pid }): Promise<Usage[]> => {
        const used = pid === undefined ? undefined : await usageOf(pid);
        return used ? [{ part, replica: pod.name, ...used }] : [];
      });
      return (await Promise.all(counted)).flat();
    },
    connections: async (database) => countConnections(inside(await firstPod(database))),
    probe: async (service, source) => runModule(inside(await firstPod(service)), source),
  };
}

interface Member {
  part: PartName;
  pod: Pod;
  pid: number | undefined;
}

const kindOf = (part: PartName): Part['kind'] => {
  if (part === 'gateway') return 'gateway';
  return part.endsWith('-db') ? 'database' : 'service';
};

function describe(name: PartName, members: readonly Member[]): Part {
  const kind = kindOf(name);
  const replicas = members
    .filter(({ part }) => part === name)
    .map(({ pod, pid }) => ({ id: pod.name, pid, ...(kind !== 'database' && { instance: pod.name }) }));
  return { name, kind, replicas };
}
