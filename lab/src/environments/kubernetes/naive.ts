// The control of rollouts: the same Deployment without any of its care.
import type { ServiceName } from '../environment.ts';
import { type PodSpec, readWorkload, withMain, withPods, withVariables } from './objects.ts';
import { READY_WITHIN_MS, settled } from './settled.ts';
import type { Space } from './space.ts';
import { settleTraffic } from './traffic.ts';

/**
 * Replaces all pods of a service by ones of this image at once: killed first, counted as ready when they run, sent to
 * from their first moment. Resolves when the new ones run.
 */
export async function replaceNaively(space: Space, service: ServiceName, image: string): Promise<void> {
  const applied = readWorkload(space.object('Deployment', service));
  const careless = withMain(applied, (container) => {
    const { readinessProbe: _ready, startupProbe: _started, lifecycle: _stop, ...rest } = container;
    return { ...withVariables(rest, { DRAIN_DELAY_MS: '0', DRAIN_TIMEOUT_MS: '0' }), name: rest.name, image };
  });
  const atOnce = withPods(careless, (pods: PodSpec) => ({ ...pods, terminationGracePeriodSeconds: 0 }));
  const spec = { ...atOnce.spec, minReadySeconds: 0, strategy: { type: 'Recreate' } };
  await replace(space, { ...atOnce, spec });
  await settled(space, [service], READY_WITHIN_MS);
}

/** Puts back what the topology started with; resolves when that serves. */
export async function putBack(space: Space, service: ServiceName): Promise<void> {
  await replace(space, space.object('Deployment', service));
  await settled(space, [service], READY_WITHIN_MS);
  await settleTraffic(space, service);
}

const replace = async ({ kubectl }: Space, object: object): Promise<void> => {
  await kubectl(['replace', '--filename', '-'], { input: JSON.stringify(object) });
};
