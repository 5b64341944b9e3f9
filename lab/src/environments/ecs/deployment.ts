import type { Container } from '../compose/containers.ts';
import { partsOf } from '../compose/deployment.ts';
import * as containerFaults from '../compose/faults.ts';
import { insideOf } from '../compose/shell.ts';
import { readUsage } from '../compose/stats.ts';
import type { Deployment, Part, PartName, Usage } from '../environment.ts';
import { askControl } from '../inside/control.ts';
import { lockTable } from '../inside/lock.ts';
import { runModule } from '../inside/module.ts';
import { countConnections } from '../inside/sql.ts';
import { layouts, runnerOf } from '../layout.ts';
import { isRolledBack } from './aws-command.ts';
import { containersOf } from './containers.ts';
import * as faults from './faults.ts';
import type { LabImages } from './images.ts';
import { firstOf, haveOneImage, type Site, serves } from './site.ts';

/** The load balancer asks a new task twice, ten seconds apart, before it sends anything to it: ECS waits for that. */
const CHECKS_SECONDS = 30;

/** The verbs on a topology on ECS. The load balancer is the gateway there, and no part that could be broken. */
export function createDeployment(site: Site, images: LabImages): Deployment {
  const { topology, name, baseUrl, engine, aws } = site;
  const layout = layouts[topology];
  const names = partsOf(topology).filter((part) => part !== 'gateway');
  const first = (part: PartName): Promise<Container> => firstOf(site, part);
  const inside = async (part: PartName) => insideOf((await first(part)).name);

  return {
    topology,
    baseUrl,
    parts: () =>
      Promise.all(names.map(async (part) => describe(part, await containersOf(engine, name, part)))),
    serving: (module) => runnerOf(layout, module).service,
    databaseOf: (module) => runnerOf(layout, module).store.server,
    kill: (part) => faults.kill(site, part),
    restore: (part) => faults.restore(site, part),
    pause: async (part) => containerFaults.pause(engine, await first(part)),
    resume: async (part) => containerFaults.resume(engine, await first(part)),
    restart: (part) => faults.restart(site, part),
    async scale(service, replicas) {
      await aws(['scale', service, String(replicas), '--most', String(replicas)]);
      site.wanted.set(service, replicas);
      await serves(site, service);
    },
    async deploy(service, version, readyWithinMs) {
      const began = performance.now();
      const seconds = String(Math.ceil(readyWithinMs / 1_000) + CHECKS_SECONDS);
      const tag = await images.version(service, version);
      const isDeployed = await aws(['update', service, '--image', tag, '--deadline', seconds]).then(
        () => true,
        (error: unknown) => {
          if (isRolledBack(error)) return false;
          throw error;
        },
      );
      await haveOneImage(engine, name, service);
      await serves(site, service);
      const outcome = isDeployed ? 'deployed' : 'rolled back';
      return { outcome, seconds: (performance.now() - began) / 1_000 };
    },
    async control(service, method, path, body) {
      const tasks = await containersOf(engine, name, service);
      return Promise.all(tasks.map((task) => askControl(insideOf(task.name), { method, path, body })));
    },
    async lock(module) {
      const { server, database } = runnerOf(layout, module).store;
      return lockTable(await inside(server), database, `${module}.${module}`);
    },
    async usage() {
      const counted = names.map(async (part): Promise<Usage[]> => {
        const running = (await containersOf(engine, name, part)).filter(({ isRunning }) => isRunning);
        return Promise.all(
          running.map(async ({ id, name: replica }) => ({ part, replica, ...(await readUsage(engine, id)) })),
        );
      });
      return (await Promise.all(counted)).flat();
    },
    connections: async (database) => countConnections(await inside(database)),
    probe: async (service, source) => runModule(await inside(service), source),
  };
}

function describe(part: PartName, containers: readonly Container[]): Part {
  const isDatabase = faults.isDatabase(part);
  const replicas = containers.map(({ name, pid, hostname }) => ({
    id: name,
    pid,
    ...(!isDatabase && { instance: hostname }),
  }));
  return { name: part, kind: isDatabase ? 'database' : 'service', replicas };
}
