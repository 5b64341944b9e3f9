import { z } from 'zod';
import { read } from '../compose/command.ts';
import type { Engine } from '../compose/engine.ts';
import { awsFor } from './aws-command.ts';
import { clusterLabel, isOfSite } from './containers.ts';

const status = z.object({ stacks: z.record(z.string(), z.string()) });
const listed = z.array(
  z.object({ Id: z.string(), Names: z.array(z.string()), Labels: z.record(z.string(), z.string()) }),
);

/** All that AWS and the engine have of a site now, each with its kind. */
export async function leftoversOf(engine: Engine, site: string): Promise<string[]> {
  const { stacks } = status.parse(JSON.parse(await awsFor(site)(['status', '--json'])));
  const containers = await containersLeft(engine, site);
  return [
    ...Object.keys(stacks).map((part) => `stack ${site}-${part}`),
    ...containers.map(({ Names }) => `container ${Names[0] ?? ''}`),
    ...(await pushed(site)).map((name) => `image ${name}`),
    ...(await volumesOf(site)).map((name) => `volume ${name}`),
  ];
}

/**
 * Removes what the emulator leaves in the engine of a site that is gone: containers of tasks that had failed, the names
 * of images that were pushed, and the disks of databases. On AWS none of it exists.
 */
export async function sweep(engine: Engine, site: string): Promise<void> {
  for (const { Id } of await containersLeft(engine, site))
    await engine.remove(`/containers/${Id}?force=true`);
  const images = await pushed(site);
  if (images.length > 0) await read('docker', ['image', 'rm', '--force', ...images]);
  const volumes = await volumesOf(site);
  if (volumes.length > 0) await read('docker', ['volume', 'rm', '--force', ...volumes]);
}

async function containersLeft(engine: Engine, site: string) {
  const labels = await Promise.all(
    [clusterLabel, 'db_id'].map(async (label) => {
      const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
      return listed.parse(await engine.get(`/containers/json?all=1&filters=${filters}`));
    }),
  );
  return labels.flat().filter(({ Labels }) => isOfSite(Labels, site));
}

async function pushed(site: string): Promise<string[]> {
  const names = await read('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}']);
  return names.split('\n').filter((name) => name.includes(`/${site}/`));
}

/** The emulator names a database's disk after its stack. */
async function volumesOf(site: string): Promise<string[]> {
  const names = await read('docker', ['volume', 'ls', '--format', '{{.Name}}']);
  return names.split('\n').filter((name) => name.includes(`-${site}-data-`));
}
