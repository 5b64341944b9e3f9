import { componentNames } from '../components/components.ts';
import type { Site } from '../site.ts';
import { listStacks, type Stack } from '../stacks/stack.ts';
import type { Targets } from './routing.ts';

const works = /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/;

/** All stacks by their parts, and the targets of the services whose stacks are whole. */
export async function findRunning(
  site: Site,
): Promise<{ stacks: ReadonlyMap<string, Stack>; targets: Targets }> {
  const stacks = new Map((await listStacks(site)).map((stack) => [stack.part, stack]));
  const targets = componentNames.flatMap((name) => {
    const { status = '', outputs } = stacks.get(`service-${name}`) ?? {};
    return works.test(status) && outputs?.Targets ? [[name, outputs.Targets] as const] : [];
  });
  return { stacks, targets: Object.fromEntries(targets) };
}
