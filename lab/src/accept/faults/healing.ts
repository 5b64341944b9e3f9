// What a platform and the gateway do about a fault, as it can be seen from outside.
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Deployment, ReplicaInfo, ServiceName } from '../../environments/environment.ts';
import { layouts } from '../../environments/layout.ts';
import { replicasOf } from '../../faults/replicas.ts';

const status = z.object({
  upstreams: z.array(
    z.object({
      name: z.string(),
      replicas: z.array(z.object({ address: z.string(), circuit: z.string() })),
    }),
  ),
});

const betweenMs = 250;

/** Follows a component until `stop`, which tells what was done about it. */
export function followHealing(deployment: Deployment, service: ServiceName): { stop(): Promise<string[]> } {
  const ended = new AbortController();
  const began = performance.now();
  const seen = new Map<string, string>();
  const note = (what: string): void => {
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    if (!seen.has(what)) seen.set(what, `${what} (${seconds} s after the load began)`);
  };
  const follow = async (): Promise<void> => {
    let known = await replicasOf(deployment, service);
    while (!ended.signal.aborted) {
      const now = await replicasOf(deployment, service);
      for (const change of changes(service, known, now)) note(change);
      known = merged(known, now);
      for (const address of await leftOut(deployment, service)) note(`the gateway left ${address} out`);
      await wait(betweenMs);
    }
  };
  const following = follow();
  following.catch(() => {}); // told by stop
  return {
    async stop() {
      ended.abort();
      await following;
      return [...seen.values()];
    },
  };
}

/** The last process that was seen of each replica, also of one that is down now. */
const merged = (known: readonly ReplicaInfo[], now: readonly ReplicaInfo[]): ReplicaInfo[] =>
  now.map((replica) => ({ ...replica, pid: replica.pid ?? known.find(({ id }) => id === replica.id)?.pid }));

function changes(service: ServiceName, known: readonly ReplicaInfo[], now: readonly ReplicaInfo[]): string[] {
  return now.flatMap(({ id, pid }) => {
    const before = known.find((replica) => replica.id === id);
    if (before === undefined) return [`${id} was started in place of another ${service}`];
    return pid !== undefined && before.pid !== undefined && pid !== before.pid
      ? [`${id} was started again`]
      : [];
  });
}

/** Addresses that a gateway does not send to at the moment. */
async function leftOut(deployment: Deployment, service: ServiceName): Promise<string[]> {
  if (layouts[deployment.topology].entrance !== 'gateway') return [];
  const told = z.array(status).parse(await deployment.control('gateway', 'GET', '/routes'));
  return told
    .flatMap(({ upstreams }) => upstreams)
    .filter(({ name }) => name === service)
    .flatMap(({ replicas }) => replicas.filter(({ circuit }) => circuit !== 'closed'))
    .map(({ address }) => address);
}
