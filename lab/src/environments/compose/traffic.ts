// Which replicas the gateway sends a service's requests to.
import { z } from 'zod';
import { askControl } from '../inside/control.ts';
import type { Container } from './containers.ts';
import type { Routes } from './routes.ts';
import { insideOf } from './shell.ts';
import { within } from './waiting.ts';

/** The gateway reads its routes twice, and looks names up once, a second. */
const TAKEN_WITHIN_MS = 15_000;

const status = z.object({
  version: z.number(),
  upstreams: z.array(z.object({ name: z.string(), replicas: z.array(z.object({ address: z.string() })) })),
});

export interface Traffic {
  /** Sends a service's requests to those of these replicas that run, and no others; resolves when the gateway does so. */
  only(service: string, replicas: readonly Container[]): Promise<void>;
  /** Sends them to all that DNS knows again: those of these that run; resolves when the gateway does so. */
  all(service: string, replicas: readonly Container[]): Promise<void>;
}

export function createTraffic(routes: Routes, gateway: () => Promise<Container>): Traffic {
  const taken = async (service: string, version: number, addresses: readonly string[]): Promise<void> => {
    const { name } = await gateway();
    const isTaken = await within(TAKEN_WITHIN_MS, async () => {
      const seen = status.parse(await askControl(insideOf(name), { method: 'GET', path: '/routes' }));
      const upstream = seen.upstreams.find((each) => each.name === service);
      const there = (upstream?.replicas ?? []).map(({ address }) => address);
      return seen.version >= version && there.sort().join() === [...addresses].sort().join();
    });
    if (!isTaken) throw new Error(`the gateway did not take ${addresses.join(', ')} for ${service}`);
  };
  const addressesOf = async (replicas: readonly Container[]): Promise<string[]> => {
    const networks = Object.keys((await gateway()).addresses);
    const running = replicas.filter(({ isRunning }) => isRunning);
    return running.map(({ name, addresses }) => {
      const shared = networks.map((network) => addresses[network]).find(Boolean);
      if (shared === undefined) throw new Error(`${name} shares no network with the gateway`);
      return shared;
    });
  };
  return {
    async only(service, replicas) {
      const addresses = await addressesOf(replicas);
      await taken(service, await routes.direct(service, addresses), addresses);
    },
    async all(service, replicas) {
      const addresses = await addressesOf(replicas);
      await taken(service, await routes.direct(service), addresses);
    },
  };
}
