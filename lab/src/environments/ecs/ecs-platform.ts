import { release } from 'node:os';
import { z } from 'zod';
import type { OpenPlatform, Platform } from '../../accept/platform.ts';
import { insideOf } from '../compose/shell.ts';
import { query } from '../inside/sql.ts';
import { requireEmulator } from './config.ts';
import { containersOf } from './containers.ts';
import { createEcsEnvironment } from './ecs-environment.ts';
import { leftoversOf } from './leftovers.ts';
import { ecsPolicies } from './policies.ts';
import { firstOf, haveOneImage, serves } from './site.ts';

const engineVersion = z.object({ Version: z.string(), ApiVersion: z.string() });

/** The ECS platform: the environment, and what the acceptance suite asks besides. Fargate shows no nodes. */
export const createEcsPlatform: OpenPlatform = async ({ report }): Promise<Platform> => {
  requireEmulator();
  const environment = createEcsEnvironment({ report });
  const { images, engine, site } = environment;

  return {
    name: 'ecs',
    environment,
    entranceOwnsPort: false,
    // a load balancer answers by itself, in its own words, what no client library sends
    answersItself: 'a request that HTTP',
    images: { tag: images.tag, load: async () => undefined },
    policies: ecsPolicies(environment),
    async describe() {
      const { Version, ApiVersion } = engineVersion.parse(await (await engine()).get('/version'));
      return [`an emulator of AWS on Docker ${Version} (API ${ApiVersion})`, `kernel ${release()}`];
    },
    rolloutOptions: (topology) => ['--site', site(topology).name],
    async replaceNaively(topology, service, image) {
      const { aws, name } = site(topology);
      const here = await engine();
      const old = await containersOf(here, name, service);
      // no drain and no wait: the old ones are killed when the new ones are ordered
      const order = aws(['update', service, '--image', image.slice(image.lastIndexOf(':') + 1)]);
      await Promise.all(old.map(({ id }) => here.post(`/containers/${id}/kill`)));
      await order;
      await haveOneImage(here, name, service);
    },
    async putBack(topology, service) {
      // what ran since may have migrated: the image of the start knows nothing of that
      const { aws, name } = site(topology);
      await aws(['update', service, '--image', images.tag, '--no-migrations']);
      await haveOneImage(await engine(), name, service);
      await serves(site(topology), service);
    },
    async imagesOf(topology, service) {
      const tasks = await containersOf(await engine(), site(topology).name, service);
      const found = await Promise.all(tasks.map(({ image }) => images.nameOf(service, image)));
      return [...new Set(found)];
    },
    async migrate(topology, service, image) {
      await site(topology).aws(['migrate', service, '--image', image.slice(image.lastIndexOf(':') + 1)]);
    },
    async sql(topology, server, database, statements) {
      const { name } = await firstOf(site(topology), server);
      return query(insideOf(name), database, statements);
    },
    async leftovers() {
      const here = await engine();
      const ofSites = await Promise.all(environment.siteNames().map((name) => leftoversOf(here, name)));
      return [...ofSites.flat(), ...(await images.left()).map((name) => `image ${name}`)];
    },
  };
};
