// The emulator's tasks and databases are containers of the engine here; their labels say whose they are.
import { z } from 'zod';
import { type Container, inspectContainer } from '../compose/containers.ts';
import type { Engine } from '../compose/engine.ts';
import type { PartName } from '../environment.ts';

export const clusterLabel = 'com.amazonaws.ecs.cluster';
export const componentLabel = 'com.amazonaws.ecs.container-name';

const listed = z.array(
  z.object({ Id: z.string(), Created: z.number(), Labels: z.record(z.string(), z.string()) }),
);
type Labels = Readonly<Record<string, string>>;

export const isOfSite = (labels: Labels, site: string): boolean =>
  (labels[clusterLabel] ?? '').endsWith(`:cluster/${site}`) ||
  (labels.db_id ?? '').startsWith(`${site}-data-`);

const isOfPart = (labels: Labels, part: PartName, site: string): boolean =>
  part.endsWith('-db')
    ? (labels.db_id ?? '').startsWith(`${site}-data-${part.replace(/-db$/, '')}-`)
    : labels[componentLabel] === part;

/** A part's containers, the oldest first: of a component those that run, of a database the one, up or down. */
export async function containersOf(engine: Engine, site: string, part: PartName): Promise<Container[]> {
  const label = part.endsWith('-db') ? 'db_id' : clusterLabel;
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const found = listed
    .parse(await engine.get(`/containers/json?all=1&filters=${filters}`))
    .filter(({ Labels }) => isOfSite(Labels, site) && isOfPart(Labels, part, site))
    .sort((a, b) => a.Created - b.Created);
  const containers = await Promise.all(found.map(({ Id }) => inspectContainer(engine, Id)));
  return containers
    .filter((container) => container !== undefined)
    .filter(({ isRunning }) => isRunning || part.endsWith('-db'));
}
