// Whether requests for a component go to all of its replicas, and to no others.
import { z } from 'zod';
import type { ServiceName } from '../environment.ts';
import { layouts } from '../layout.ts';
import { type Get, withControlPorts } from './control-port.ts';
import type { Space } from './space.ts';
import { within } from './within.ts';

/** Names live for seconds in the cluster's DNS, and the gateway looks them up once a second. */
const KNOWN_WITHIN_MS = 60_000;

const status = z.object({
  upstreams: z.array(z.object({ name: z.string(), replicas: z.array(z.object({ address: z.string() })) })),
});

/**
 * Resolves when every gateway sends a service's requests to its ready replicas and to no others; at once for what is
 * not behind one: the cluster's own balancing follows readiness within moments.
 */
export async function settleTraffic(space: Space, service: ServiceName): Promise<void> {
  if (!layouts[space.topology].routes.some((route) => route.service === service)) return;
  const gateways = await space.podsOf('gateway');
  const isDone = await withControlPorts(space, gateways, (gets) =>
    within(KNOWN_WITHIN_MS, () => isKnown(space, service, gets)),
  );
  if (!isDone) throw new Error(`the gateway of ${space.namespace} did not take the replicas of ${service}`);
}

async function isKnown(space: Space, service: ServiceName, gets: readonly Get[]): Promise<boolean> {
  const wanted = joined((await space.podsOf(service)).map(({ address = '' }) => address));
  const views = await Promise.all(gets.map((get) => addressesSeen(get, service)));
  return views.every((addresses) => joined(addresses) === wanted);
}

async function addressesSeen(get: Get, service: ServiceName): Promise<string[]> {
  const upstream = status.parse(await get('/routes')).upstreams.find(({ name }) => name === service);
  return (upstream?.replicas ?? []).map(({ address }) => address);
}

const joined = (addresses: readonly string[]): string => [...addresses].sort().join();
