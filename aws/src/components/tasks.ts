import { setTimeout as wait } from 'node:timers/promises';
import { DescribeServicesCommand, type Service, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { Refused, type Site } from '../site.ts';
import type { ComponentName } from './components.ts';

/** The ECS service of a component, or undefined when there is none. */
export async function findService(site: Site, component: ComponentName): Promise<Service | undefined> {
  try {
    const command = new DescribeServicesCommand({ cluster: site.name, services: [component] });
    const { services = [] } = await site.clients.containers.send(command);
    return services.find(({ status }) => status === 'ACTIVE');
  } catch (error) {
    if (error instanceof Error && error.name === 'ClusterNotFoundException') return undefined;
    throw error;
  }
}

/** Changes a service and waits until its tasks are as wanted and the old ones are gone. */
export async function changeService(
  site: Site,
  component: ComponentName,
  change: { desiredCount?: number; forceNewDeployment?: boolean },
): Promise<void> {
  await site.clients.containers.send(
    new UpdateServiceCommand({ cluster: site.name, service: component, ...change }),
  );
  for (;;) {
    const service = await findService(site, component);
    if (service === undefined) throw new Refused(`There is no service ${component}.`);
    const { deployments = [], runningCount, desiredCount } = service;
    if (deployments.length === 1 && runningCount === desiredCount) return;
    await wait(site.lookMs);
  }
}
