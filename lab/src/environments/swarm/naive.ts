// The control of a rollout: what an update is like for whoever asks Swarm for none of its care.
import type { Engine } from '../compose/engine.ts';
import type { Running } from './replicas.ts';
import { changeSpec, type Spec, withContainers } from './spec.ts';

/** All replicas at once, the old ones killed, the new ones taken for ready when they have begun to start. */
export async function replaceAtOnce(
  manager: Engine,
  name: string,
  image: string,
  old: readonly Running[],
): Promise<void> {
  await changeSpec(manager, name, (spec) => ({
    ...withContainers(withoutDrain(spec), { Image: image, Healthcheck: { Test: ['NONE'] } }),
    UpdateConfig: { Parallelism: 0, Order: 'stop-first', FailureAction: 'continue' },
  }));
  await Promise.allSettled(
    old.map(({ node, container }) => node.engine.post(`/containers/${container.id}/kill`)),
  );
}

const withoutDrain = (spec: Spec): Spec => {
  const Env = spec.TaskTemplate.ContainerSpec.Env.filter(
    (variable) => !variable.startsWith('DRAIN_DELAY_MS='),
  );
  return withContainers(spec, { Env: [...Env, 'DRAIN_DELAY_MS=0'] });
};
