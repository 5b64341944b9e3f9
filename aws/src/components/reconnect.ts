import type { Site } from '../site.ts';
import { type ComponentName, peersOf } from './components.ts';
import { changeService, findService } from './tasks.ts';

/**
 * Starts tasks anew that are older than a service that they ask: Service Connect tells a task, when it starts, of the
 * services that there are then, and of no others.
 */
export async function reconnect(site: Site, components: readonly ComponentName[]): Promise<void> {
  if (site.emulated) return; // there is no Service Connect
  for (const component of components) {
    const since = (await findService(site, component))?.deployments?.[0]?.createdAt;
    const peers = await Promise.all(peersOf[component].map((peer) => findService(site, peer)));
    if (!peers.some((peer) => peer?.createdAt && since && peer.createdAt > since)) continue;
    site.say(`Starting the tasks of ${component} anew, so that they find their peers.`);
    await changeService(site, component, { forceNewDeployment: true });
  }
}
