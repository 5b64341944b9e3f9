import type { ComponentName } from '../components/components.ts';
import { scalingStack } from '../components/parts.ts';
import { changeService, findService } from '../components/tasks.ts';
import { Refused, type Site } from '../site.ts';
import { deployStack } from '../stacks/deploy-stack.ts';

/** Has at least `fewest` tasks of a component, and at most `most`, and waits until as many run. */
export async function scale(
  site: Site,
  component: ComponentName,
  fewest: number,
  most: number,
): Promise<void> {
  const service = await findService(site, component);
  if (service === undefined) throw new Refused(`${component} is not up.`);
  await deployStack(site, scalingStack(component, { fewest, most: Math.max(fewest, most) }));
  await changeService(site, component, { desiredCount: fewest });
}
