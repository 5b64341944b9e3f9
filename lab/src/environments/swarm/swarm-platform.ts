import { hostname, release } from 'node:os';
import { z } from 'zod';
import type { OpenPlatform, Platform } from '../../accept/platform.ts';
import { type PartName, sameVersion, type Topology } from '../environment.ts';
import { query } from '../inside/sql.ts';
import { runJobOnce } from './job.ts';
import { findLeftovers } from './leftovers.ts';
import { replaceAtOnce } from './naive.ts';
import { swarmPolicies } from './policies.ts';
import { insideOf, isRunning, listReplicas, type Running } from './replicas.ts';
import { createSwarmEnvironment } from './swarm-environment.ts';
import { createNodes } from './swarm-nodes.ts';
import { listTasks } from './tasks.ts';
import { settled, within } from './waiting.ts';

const engineVersion = z.object({ Version: z.string(), ApiVersion: z.string() });
const READY_WITHIN_MS = 120_000;

/** The Swarm platform: the environment, and what the acceptance suite asks besides. */
export const createSwarmPlatform: OpenPlatform = async ({ report }): Promise<Platform> => {
  const environment = createSwarmEnvironment({ report });
  await environment.open();
  const swarm = environment.swarm();
  const serviceOf = (topology: Topology, part: string): string =>
    `${environment.stack(topology).name}_${part}`;
  const runningOf = async (topology: Topology, part: PartName): Promise<Running[]> =>
    (await listReplicas(swarm, serviceOf(topology, part))).filter(isRunning);

  return {
    name: 'swarm',
    environment,
    entranceOwnsPort: true,
    images: { tag: environment.tag, load: swarm.load },
    ...(swarm.tool && { nodes: createNodes(environment, swarm.tool) }),
    policies: swarmPolicies(environment),
    async describe() {
      const { Version, ApiVersion } = engineVersion.parse(await swarm.manager.get('/version'));
      const names = (await swarm.nodes()).map(({ name }) => name);
      return [
        `Docker ${Version} (API ${ApiVersion}), Linux ${release()} on ${hostname()}`,
        `a swarm of ${names.length} nodes (${names.join(', ')}), the databases on ${names[0]}`,
      ];
    },
    rolloutOptions: (topology) => ['--stack', environment.stack(topology).name],
    async replaceNaively(topology, service, image) {
      await swarm.load([image]);
      const name = serviceOf(topology, service);
      await replaceAtOnce(swarm.manager, name, image, await runningOf(topology, service));
      const areNew = async (): Promise<boolean> => {
        const running = await runningOf(topology, service);
        return running.length > 0 && running.every(({ task }) => task.image === image);
      };
      if (!(await within(READY_WITHIN_MS, areNew))) throw new Error(`${name} did not start from ${image}`);
    },
    async putBack(topology, service) {
      const deployment = environment.deployment(topology);
      const { outcome } = await deployment.deploy(service, sameVersion, READY_WITHIN_MS);
      if (outcome !== 'deployed') throw new Error(`${service} of ${topology} did not become ready again`);
      await settled(swarm, serviceOf(topology, service));
    },
    async imagesOf(topology, service) {
      // those of the version before may still be draining: an update is complete without their end
      const tasks = (await listTasks(swarm.manager, serviceOf(topology, service))).filter(
        ({ state, isWanted }) => state === 'running' && isWanted,
      );
      return [...new Set(tasks.map(({ image }) => image))];
    },
    async migrate(topology, service, image) {
      await swarm.load([image]);
      await runJobOnce(swarm.manager, serviceOf(topology, `${service}-migrate`), image, 'once');
    },
    async sql(topology, server, database, statements) {
      const [replica] = await runningOf(topology, server);
      if (replica === undefined) throw new Error(`${topology} has no ${server}`);
      return query(insideOf(replica), database, statements);
    },
    leftovers: () => findLeftovers(environment),
  };
};
