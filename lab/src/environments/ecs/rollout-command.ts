// `npm run rollout -- --env ecs`: one component of a deployment by `npm run aws`, with that command's own verbs.

import type { RolloutCommand } from '../../rollout/rollout-command.ts';
import { openEngine } from '../compose/engine.ts';
import type { ServiceName } from '../environment.ts';
import { awsFor, isRolledBack } from './aws-command.ts';
import { haveOneImage } from './site.ts';

/** Migrations first, then task by task; ECS takes a version back that does not become ready. */
export const rollOut: RolloutCommand['rollOut'] = async (site, { component, image, deadlineSeconds }) => {
  const began = performance.now();
  const tag = image.slice(image.lastIndexOf(':') + 1);
  const words = ['update', refuseGateway(component), '--image', tag, '--deadline', String(deadlineSeconds)];
  const outcome = await awsFor(site)(words).then(
    () => 'deployed' as const,
    (error: unknown) => {
      if (isRolledBack(error)) return 'rolled back' as const;
      throw error;
    },
  );
  await haveOneImage(await openEngine(), site, component);
  return { outcome, seconds: (performance.now() - began) / 1_000 };
};

/** Goes back to the image that ran before the last update, which the stack's tag names. */
export const rollBack: RolloutCommand['rollBack'] = async (site, component) => {
  const began = performance.now();
  await awsFor(site)(['rollback', refuseGateway(component)]);
  await haveOneImage(await openEngine(), site, component);
  return { outcome: 'deployed', seconds: (performance.now() - began) / 1_000 };
};

function refuseGateway(component: ServiceName): ServiceName {
  if (component === 'gateway')
    throw new Error('On ECS the load balancer is the gateway: it has no versions.');
  return component;
}
