// `npm run rollout -- --env swarm` on a stack that runs, whoever deployed it.
import type { RolloutOrder } from '../../rollout/rollout-command.ts';
import { EngineError } from '../compose/engine.ts';
import type { Rollout, ServiceName } from '../environment.ts';
import { changeSpec, readSpec, withContainers } from './spec.ts';
import { type Swarm, useSwarm } from './swarm.ts';
import { followUpdate, takeBack } from './update.ts';

/** What comes of going back needs no deadline of ours: it ran before. */
const BACK_WITHIN_MS = 300_000;

/** Replica by replica, as the stack's `update_config` says. Swarm takes back what fails, we what is not ready in time. */
export async function rollOut(target: string, order: RolloutOrder): Promise<Rollout> {
  const began = performance.now();
  const { component, image, deadlineSeconds } = order;
  const { swarm, name } = await find(target, component);
  const running = (await readSpec(swarm.manager, name)).TaskTemplate.ContainerSpec.Image;
  const Image = registryOf(running) + image;
  await changeSpec(swarm.manager, name, (spec) => withContainers(spec, { Image }));
  const outcome = await followUpdate(swarm, name, deadlineSeconds * 1_000);
  return { outcome, seconds: (performance.now() - began) / 1_000 };
}

/** Swarm keeps one description before the last; after it has gone back by itself there is none. */
export async function rollBack(target: string, component: ServiceName): Promise<Rollout> {
  const began = performance.now();
  const { swarm, name } = await find(target, component);
  await takeBack(swarm, name);
  await followUpdate(swarm, name, BACK_WITHIN_MS);
  return { outcome: 'deployed', seconds: (performance.now() - began) / 1_000 };
}

/** What stands before the name: `registry.example.com/`. */
const registryOf = (image: string): string => image.slice(0, Math.max(0, image.indexOf('cleave/')));

async function find(stack: string, component: ServiceName): Promise<{ swarm: Swarm; name: string }> {
  const swarm = await useSwarm();
  const name = `${stack}_${component}`;
  try {
    await readSpec(swarm.manager, name);
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404) throw error;
    throw new Error(`No ${component} runs in the stack ${stack}.`, { cause: error });
  }
  return { swarm, name };
}
