// Whether requests for a component go to all of its replicas, and to no others.
import { z } from 'zod';
import { within } from '../compose/waiting.ts';
import type { ServiceName } from '../environment.ts';
import { askControl } from '../inside/control.ts';
import { layouts } from '../layout.ts';
import { insideOf } from './shell.ts';
import type { Space } from './space.ts';

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
  if (await within(KNOWN_WITHIN_MS, () => isKnown(space, service))) return;
  throw new Error(`the gateway of ${space.namespace} did not take the replicas of ${service}`);
}

async function isKnown(space: Space, service: ServiceName): Promise<boolean> {
  const wanted = joined((await space.podsOf(service)).map(({ address = '' }) => address));
  const gateways = await space.podsOf('gateway');
  const views = await Promise.all(gateways.map((pod) => addressesSeen(space, pod, service)));
  return views.every((addresses) => joined(addresses) === wanted);
}

async function addressesSeen(
  { namespace }: Space,
  pod: Parameters<typeof insideOf>[1],
  service: ServiceName,
): Promise<string[]> {
  const answer = await askControl(insideOf(namespace, pod), { method: 'GET', path: '/routes' });
  const upstream = status.parse(answer).upstreams.find(({ name }) => name === service);
  return (upstream?.replicas ?? []).map(({ address }) => address);
}

const joined = (addresses: readonly string[]): string => [...addresses].sort().join();
