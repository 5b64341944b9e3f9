import { z } from 'zod';
import { askControl } from '../inside/control.ts';
import { insideOf, isRunning, listReplicas } from './replicas.ts';
import type { Stack } from './stack.ts';
import type { Swarm } from './swarm.ts';
import { within } from './waiting.ts';

/** A gateway looks names up every second, and a node hears of another's replicas within one more. */
const SEEN_WITHIN_MS = 30_000;
const status = z.object({
  upstreams: z.array(z.object({ name: z.string(), replicas: z.array(z.object({ address: z.string() })) })),
});

/** Resolves when every gateway sends to all replicas of a service that there are, and to no other. */
export async function gatewaysSeeAll(swarm: Swarm, { name }: Stack, service: string): Promise<void> {
  const see = async (): Promise<boolean> => {
    const [gateways, replicas] = await Promise.all(
      ['gateway', service].map((part) => listReplicas(swarm, `${name}_${part}`)),
    );
    const wanted = (replicas ?? []).map(({ task }) => task.addresses[`${name}_services`] ?? '').sort();
    const views = await Promise.all(
      (gateways ?? []).filter(isRunning).map(async (gateway) => {
        const seen = status.parse(await askControl(insideOf(gateway), { method: 'GET', path: '/routes' }));
        const upstream = seen.upstreams.find((each) => each.name === service);
        return (upstream?.replicas ?? []).map(({ address }) => address).sort();
      }),
    );
    return views.every((view) => view.join() === wanted.join());
  };
  if (!(await within(SEEN_WITHIN_MS, see))) {
    throw new Error(`the gateways of ${name} did not find all replicas of ${service}`);
  }
}
