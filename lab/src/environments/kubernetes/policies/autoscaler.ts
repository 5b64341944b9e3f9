import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Bite, ProbeTools } from '../../../accept/platform.ts';
import type { Deployment } from '../../environment.ts';
import { apply } from '../kubectl.ts';
import { type KubernetesObject, objectSchema } from '../objects.ts';
import { build, withKustomization } from '../render.ts';
import type { Space } from '../space.ts';

const SERVICE = 'posts';
const LOAD = { rate: 120, seconds: 100, only: ['GET /api/posts/in-thread/:threadId'] } as const;
/** A process of ours at that rate uses more, on any machine, and an idle one less. */
const TARGET = '25m';
const MOST = 3;
/** Figures of CPU come every 15 s, and the autoscaler looks every 15 s. */
const DOWN_WITHIN_MS = 180_000;
const LOOK_EVERY_MS = 500;

/** As overlays/test/autoscaling has them. */
const components = ['autoscaling/microservices', 'autoscaling/policy', 'test/short-windows'];

const spec = z.looseObject({ metrics: z.array(z.looseObject({})) });

/**
 * Puts the autoscaler of deploy/k8s in place, with the short windows of its test overlay and a target that a small load
 * reaches, and watches it add replicas and remove them again.
 */
export async function scaleByLoad(space: Space, deployment: Deployment, tools: ProbeTools): Promise<Bite> {
  const autoscaler = await autoscalerOf(space);
  await apply([autoscaler]);
  const seen = new Set<number>();
  const look = async (): Promise<number> => {
    const ready = (await space.podsOf(SERVICE)).filter(({ isReady }) => isReady).length;
    seen.add(ready);
    return ready;
  };
  const until = async (ms: number, is: (ready: number) => boolean): Promise<number | undefined> => {
    const began = performance.now();
    for (;;) {
      if (is(await look())) return (performance.now() - began) / 1_000;
      if (performance.now() - began > ms) return undefined;
      await wait(LOOK_EVERY_MS, undefined, { signal: tools.signal });
    }
  };
  try {
    let up: number | undefined;
    const { requests, failed } = await tools.load('microservices', LOAD, async () => {
      up = await until(LOAD.seconds * 1_000, (ready) => ready > 1);
    });
    const down = await until(DOWN_WITHIN_MS, (ready) => ready === 1);
    const told = (what: string, seconds: number | undefined): string =>
      seconds === undefined ? `never ${what}` : `${what} after ${seconds.toFixed(0)} s`;
    const saw = [
      `${LOAD.rate} requests a second, and a target of ${TARGET} of a CPU: ${told('more than one replica', up)}, at most ${Math.max(...seen)}`,
      `without load: ${told('one again', down)}`,
      `${failed} of ${requests} requests failed`,
    ];
    return { bites: up !== undefined && down !== undefined && failed === 0, saw };
  } finally {
    await space.kubectl(['delete', 'horizontalpodautoscaler', SERVICE]);
    await deployment.scale(SERVICE, 1);
  }
}

async function autoscalerOf({ namespace }: Space): Promise<KubernetesObject> {
  const described = { topology: 'microservices', namespace, components } as const;
  const objects = await withKustomization(described, build);
  const found = objects.find(
    ({ kind, metadata }) => kind === 'HorizontalPodAutoscaler' && metadata.name === SERVICE,
  );
  if (!found) throw new Error(`deploy/k8s has no autoscaler of ${SERVICE}`);
  const resource = { name: 'cpu', target: { type: 'AverageValue', averageValue: TARGET } };
  const metrics = [{ type: 'Resource', resource }];
  return objectSchema.parse({
    ...found,
    spec: { ...spec.parse(found.spec), minReplicas: 1, maxReplicas: MOST, metrics },
  });
}
