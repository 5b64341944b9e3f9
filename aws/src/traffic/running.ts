import { serviceNames } from '../components/components.ts';
import type { Site } from '../site.ts';
import { listStacks, type Stack } from '../stacks/stack.ts';
import type { Running } from './routing.ts';

const works = /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/;

/** Which services' stacks are whole. */
export async function findRunning(site: Site): Promise<Running & { stacks: ReadonlyMap<string, Stack> }> {
  const stacks = new Map((await listStacks(site)).map((stack) => [stack.part, stack]));
  const isUp = (component: string) => works.test(stacks.get(`service-${component}`)?.status ?? '');
  return { monolith: isUp('monolith'), services: serviceNames.every(isUp), stacks };
}
