import { type ComponentName, sizeOf, sizes, type Topology, topologies } from '../components/components.ts';
import { databasesOf, dataOf } from '../components/data-of.ts';
import { push } from '../components/images.ts';
import { withLog } from '../components/log-lines.ts';
import { migrate } from '../components/migrate.ts';
import {
  dataStack,
  groundStacks,
  migrationStack,
  scalingStack,
  serviceStack,
  type Wanted,
} from '../components/parts.ts';
import { reconnect } from '../components/reconnect.ts';
import { findService } from '../components/tasks.ts';
import type { Site } from '../site.ts';
import { deployStack } from '../stacks/deploy-stack.ts';
import { together } from '../together.ts';
import { reached } from '../traffic/reached.ts';
import { routingStack, weightsFor } from '../traffic/routing.ts';
import { findRunning } from '../traffic/running.ts';

/**
 * Brings a topology up beside whatever is up. Where the monolith runs, services that join it work on its database, as
 * roles that reach their own schema only, so that a path may go to either side; where it does not, each has its own.
 * Who joins gets no traffic. @param image the local tag of the images. @param tasks over how many each component's CPU
 * and connections are split, and no scaling by itself; without it as they are, or as usual. @returns the URL
 */
export async function up(site: Site, topology: Topology, image: string, tasks?: number): Promise<string> {
  for (const group of groundStacks) await together(group.map((stack) => deployStack(site, stack)));
  const wanted = await choose(site, topologies[topology], image);
  await together(databasesOf(wanted).map((stack) => deployStack(site, dataStack(...stack))));
  // one after the other: on one database they would be in each other's way
  for (const one of wanted)
    await migrate(site, one.component, await deployStack(site, migrationStack(site, one)));
  await together(wanted.map((one) => serve(site, one, tasks)));
  await reconnect(site, topologies[topology]);
  const { stacks, targets } = await findRunning(site);
  await deployStack(site, routingStack(targets, weightsFor(targets, stacks.get('routing'))));
  const url = stacks.get('edge')?.outputs.Url ?? '';
  await reached(url, topologies[topology]);
  return url;
}

async function choose(site: Site, components: readonly ComponentName[], image: string): Promise<Wanted[]> {
  const { stacks, targets } = await findRunning(site);
  const wanted: Wanted[] = [];
  for (const component of components) {
    const imageTag = await push(site, component, image);
    wanted.push({ component, dataOf: dataOf(component, stacks, targets.monolith !== undefined), imageTag });
  }
  return wanted;
}

async function serve(site: Site, wanted: Wanted, asked: number | undefined): Promise<void> {
  const { component } = wanted;
  const running = await findService(site, component);
  const size = asked === undefined ? running === undefined && sizes[component] : sizeOf(component, asked);
  const tasks = asked ?? (running?.desiredCount || sizes[component].tasks);
  const stack = serviceStack(site, wanted, tasks, { size: size || undefined });
  await withLog(site, component, deployStack(site, stack));
  const limits = asked === undefined ? undefined : { fewest: asked, most: asked };
  await deployStack(site, scalingStack(component, limits));
}
