import { type ComponentName, componentNames } from '../components/components.ts';
import { push } from '../components/images.ts';
import { withLog } from '../components/log-lines.ts';
import { migrate } from '../components/migrate.ts';
import { migrationStack, previousImage, serviceStack, type Wanted } from '../components/parts.ts';
import { findService } from '../components/tasks.ts';
import { Refused, type Site } from '../site.ts';
import { withDeadline } from '../stacks/cancel-update.ts';
import { deployStack } from '../stacks/deploy-stack.ts';
import { settled } from '../stacks/settled.ts';

export interface UpdateOptions {
  /** Its local tag. */
  image: string;
  /** Seconds after which a version that does not serve yet is taken back, too. */
  deadline?: number;
  /** False for a version older than the tables, whose migrations know nothing of the later ones. */
  migrations?: boolean;
}

/**
 * Rolls the local image of a component out: migrations first, then task by task; a version that does not become ready
 * is taken back by ECS. @returns the tags before and now
 */
export async function update(
  site: Site,
  component: ComponentName,
  { image, deadline, migrations = true }: UpdateOptions,
): Promise<[string, string]> {
  const { now } = await runningNow(site, component);
  const imageTag = await push(site, component, image);
  if (imageTag === now.imageTag) return [imageTag, imageTag];
  const wanted = { ...now, imageTag };
  if (migrations) await migrate(site, component, await deployStack(site, migrationStack(site, wanted)));
  await replace(site, wanted, now.imageTag, deadline);
  return [now.imageTag, imageTag];
}

/** Runs the migrations of a local image and changes nothing else; `update` does both. */
export async function migrateOnly(site: Site, component: ComponentName, image: string): Promise<void> {
  const { now } = await runningNow(site, component);
  const imageTag = await push(site, component, image);
  await migrate(site, component, await deployStack(site, migrationStack(site, { ...now, imageTag })));
}

/**
 * Goes back to the image that ran before the last update. Its migrations are not run: they know nothing of the later
 * ones, with which every version has to be able to work. Done twice it is done once. @returns the tags before and now
 */
export async function rollback(site: Site, component: ComponentName): Promise<[string, string]> {
  const { now, previous } = await runningNow(site, component);
  if (previous === undefined)
    throw new Refused(`${component} was never updated: there is nothing to go back to.`);
  if (previous !== now.imageTag) await replace(site, { ...now, imageTag: previous }, previous);
  return [now.imageTag, previous];
}

/** @param previous the image to which a rollback then leads */
async function replace(site: Site, wanted: Wanted, previous: string, seconds?: number): Promise<void> {
  const { component } = wanted;
  const tasks = (await findService(site, component))?.desiredCount ?? 1;
  const stack = serviceStack(site, wanted, tasks, { previousTag: previous });
  const deployment = deployStack(site, stack);
  await withLog(site, component, withDeadline(site, stack.part, seconds, deployment));
}

/** What runs when nothing is under way any more: an interrupted update goes on without us. */
async function runningNow(
  site: Site,
  component: ComponentName,
): Promise<{ now: Wanted; previous: string | undefined }> {
  const stack = await settled(site, `service-${component}`);
  const { ImageTag: imageTag, DataOf } = stack?.parameters ?? {};
  const dataOf = componentNames.find((name) => name === DataOf);
  if (imageTag === undefined || dataOf === undefined) throw new Refused(`${component} is not up.`);
  return { now: { component, dataOf, imageTag }, previous: stack?.tags[previousImage] };
}
