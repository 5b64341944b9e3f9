import { release } from 'node:os';
import { z } from 'zod';
import type { OpenPlatform, Platform } from '../../accept/platform.ts';
import { type PartName, sameVersion, type Topology } from '../environment.ts';
import { query } from '../inside/sql.ts';
import { read } from './command.ts';
import { createComposeEnvironment, newRun } from './compose-environment.ts';
import { type Container, listContainers } from './containers.ts';
import { openEngine } from './engine.ts';
import { createFleet } from './fleet.ts';
import { composePolicies } from './policies.ts';
import { projectName } from './project.ts';
import { openRunningProject } from './running-project.ts';
import { insideOf } from './shell.ts';

const engineVersion = z.object({ Version: z.string(), ApiVersion: z.string() });
const READY_WITHIN_MS = 180_000;

/** The compose platform: the environment, and what the acceptance suite asks besides. One machine, no nodes. */
export const createComposePlatform: OpenPlatform = async ({ report }): Promise<Platform> => {
  const run = newRun();
  const engine = await openEngine();
  const environment = createComposeEnvironment({ run, report });
  const nameOf = (topology: Topology): string => projectName(run, topology);
  const containersOf = async (topology: Topology, part: PartName): Promise<Container[]> =>
    (await listContainers(engine, nameOf(topology))).filter(({ service }) => service === part);
  const open = (topology: Topology) => openRunningProject(engine, nameOf(topology));

  return {
    name: 'compose',
    environment,
    entranceOwnsPort: true,
    images: { tag: 'local', load: async () => undefined },
    policies: composePolicies(environment, nameOf),
    async describe() {
      const { Version, ApiVersion } = engineVersion.parse(await engine.get('/version'));
      const compose = await read('docker', ['compose', 'version', '--short']);
      return [`Docker ${Version} (API ${ApiVersion}), Compose ${compose}`, `kernel ${release()}`];
    },
    rolloutOptions: (topology) => ['--project', nameOf(topology)],
    async replaceNaively(topology, service, image) {
      const fleet = createFleet(await open(topology), engine);
      const replicas = await fleet.replicasOf(service);
      // what `docker rm --force` and `docker run` do: no drain, no wait, the same number at once
      await Promise.all(replicas.map(fleet.discard));
      await fleet.start(service, { name: image, env: {}, image }, replicas.length);
    },
    async putBack(topology, service) {
      const deployment = environment.deployment(topology);
      const { outcome } = await deployment.deploy(service, sameVersion, READY_WITHIN_MS);
      if (outcome !== 'deployed') throw new Error(`${service} of ${topology} did not become ready again`);
    },
    async imagesOf(topology, service) {
      const containers = await containersOf(topology, service);
      return [...new Set(containers.map(({ image }) => image))];
    },
    async migrate(topology, service, image) {
      const job = `${service}-migrate`;
      const project = await open(topology);
      await project.compose(['run', '--rm', '--no-deps', '--no-TTY', '--quiet-pull', job], {
        override: { services: { [job]: { image } } },
      });
    },
    async sql(topology, server, database, statements) {
      const [container] = await containersOf(topology, server);
      if (container === undefined) throw new Error(`${topology} has no ${server}`);
      return query(insideOf(container.name), database, statements);
    },
    leftovers: () => leftoversOf(run),
  };
};

/** Of these topologies and of no other project on the machine: names hold the run. */
async function leftoversOf(run: string): Promise<string[]> {
  const kinds = {
    container: ['container', 'ls', '--all'],
    network: ['network', 'ls'],
    volume: ['volume', 'ls'],
  };
  const field = { container: '{{.Names}}', network: '{{.Name}}', volume: '{{.Name}}' };
  const found = await Promise.all(
    (['container', 'network', 'volume'] as const).map(async (kind) => {
      const filter = ['--filter', `name=cleave-lab-${run}`, '--format', field[kind]];
      const names = await read('docker', [...kinds[kind], ...filter]);
      return names
        .split('\n')
        .filter(Boolean)
        .map((name) => `${kind} ${name}`);
    }),
  );
  return found.flat();
}
