import { type ComponentName, componentNames } from '../components/components.ts';
import { push } from '../components/images.ts';
import { withLog } from '../components/log-lines.ts';
import { migrate } from '../components/migrate.ts';
import { migrationStack, previousImage, serviceStack, type Wanted } from '../components/parts.ts';
import { findService } from '../components/tasks.ts';
import { Refused, type Site } from '../site.ts';
import { deployStack } from '../stacks/deploy-stack.ts';
import { findStack } from '../stacks/stack.ts';

/**
 * Rolls the local image of a component out: migrations first, then task by task; a version that does not become ready
 * is taken back by ECS. @param image its local tag. @returns the tags before and now
 */
export async function update(site: Site, component: ComponentName, image: string): Promise<[string, string]> {
  const { wanted } = await runningNow(site, component);
  return rollTo(site, wanted, await push(site, component, image));
}

/** Goes back to the image that ran before the last update. @returns the tags before and now */
export async function rollback(site: Site, component: ComponentName): Promise<[string, string]> {
  const { wanted, previous } = await runningNow(site, component);
  if (previous === undefined)
    throw new Refused(`${component} was never updated: there is nothing to go back to.`);
  return rollTo(site, wanted, previous);
}

async function rollTo(site: Site, now: Wanted, imageTag: string): Promise<[string, string]> {
  if (imageTag === now.imageTag) return [imageTag, imageTag];
  const wanted = { ...now, imageTag };
  await migrate(site, now.component, await deployStack(site, migrationStack(site, wanted)));
  const tasks = (await findService(site, now.component))?.desiredCount ?? 1;
  await withLog(site, now.component, deployStack(site, serviceStack(site, wanted, tasks, now.imageTag)));
  return [now.imageTag, imageTag];
}

async function runningNow(
  site: Site,
  component: ComponentName,
): Promise<{ wanted: Wanted; previous: string | undefined }> {
  const stack = await findStack(site, `service-${component}`);
  const { ImageTag: imageTag, DataOf } = stack?.parameters ?? {};
  const dataOf = componentNames.find((name) => name === DataOf);
  if (imageTag === undefined || dataOf === undefined) throw new Refused(`${component} is not up.`);
  return { wanted: { component, dataOf, imageTag }, previous: stack?.tags[previousImage] };
}
