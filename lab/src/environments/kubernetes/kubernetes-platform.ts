import { z } from 'zod';
import type { OpenPlatform, Platform } from '../../accept/platform.ts';
import { query } from '../inside/sql.ts';
import { withApi } from './api.ts';
import { breakable, listNodes, nodeSwitch } from './cluster-nodes.ts';
import { readKubernetesConfig } from './config.ts';
import { loadImages } from './images.ts';
import { requireCluster } from './kubectl.ts';
import { createKubernetesEnvironment, TAG } from './kubernetes-environment.ts';
import { leftoversOf } from './leftovers.ts';
import { migrate } from './migrate.ts';
import { putBack, replaceNaively } from './naive.ts';
import { createNodes } from './nodes.ts';
import { kubernetesPolicies } from './policies/list.ts';
import { insideOf } from './shell.ts';

const versionSchema = z.object({ gitVersion: z.string(), platform: z.string() });

/** The Kubernetes platform: the environment, and what the acceptance suite asks besides. */
export const createKubernetesPlatform: OpenPlatform = async ({ report }): Promise<Platform> => {
  await requireCluster();
  const config = readKubernetesConfig();
  const names = await nodeNames(config.nodeCommand);
  const [databaseNode] = names;
  const environment = createKubernetesEnvironment({
    report,
    config,
    ...(databaseNode !== undefined && { databaseNode }),
  });
  const { api, space, spaces, prefix } = environment;
  const power = nodeSwitch(config.nodeCommand);

  return {
    name: 'kubernetes',
    environment,
    entranceOwnsPort: false,
    images: { tag: TAG, load: (images) => loadImages(images, config.imageLoader) },
    ...(names.length > 1 && { nodes: createNodes({ api, names, space, spaces, power }) }),
    policies: kubernetesPolicies(environment),
    async describe() {
      const { gitVersion, platform } = versionSchema.parse(await withApi((server) => server.get('/version')));
      return [`Kubernetes ${gitVersion} (${platform})`, `${names.length} nodes: ${names.join(', ')}`];
    },
    rolloutOptions: (topology) => ['--namespace', `${prefix}-${topology}`],
    replaceNaively: (topology, service, image) => replaceNaively(space(topology), service, image),
    putBack: (topology, service) => putBack(space(topology), service),
    async imagesOf(topology, service) {
      const pods = await space(topology).podsOf(service);
      return [...new Set(pods.map(({ image }) => image))];
    },
    migrate: (topology, service, image) => migrate(space(topology), service, image),
    async sql(topology, server, database, statements) {
      const { namespace, firstPod } = space(topology);
      return query(insideOf(namespace, await firstPod(server)), database, statements);
    },
    leftovers: () => withApi((server) => leftoversOf(server, prefix)),
  };
};

/** Those that cannot be broken first: databases go to the first one. */
async function nodeNames(command: string): Promise<string[]> {
  const lost = await breakable(command);
  const all = (await withApi(listNodes)).map(({ name }) => name);
  return [...all.filter((name) => !lost.includes(name)), ...all.filter((name) => lost.includes(name))];
}
