import { z } from 'zod';
import { CannotStart } from '../../lab/src/environments/cannot-start.ts';
import { read } from '../../lab/src/environments/compose/command.ts';

/** A component that an image is made of. */
export interface Target {
  component: string;
  /** Where its program is: `services/posts`. */
  folder: string;
}

/** Image, and repository in a registry: `cleave/posts:local`. */
export const imageOf = (component: string, tag: string): string => `cleave/${component}:${tag}`;

const plan = z.object({
  target: z.record(z.string(), z.object({ args: z.object({ COMPONENT: z.string() }) })),
});

/**
 * What docker-bake.hcl builds, or those of it that have these names.
 * @throws CannotStart when there is no such component
 */
export async function readTargets(names: readonly string[] = []): Promise<Target[]> {
  const { target } = plan.parse(JSON.parse(await read('docker', ['buildx', 'bake', '--print'])));
  const all = Object.entries(target).map(([component, { args }]) => ({ component, folder: args.COMPONENT }));
  const known = all.map(({ component }) => component);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new CannotStart(`There is no component ${unknown}: there are ${known.join(', ')}.`);
  return names.length === 0 ? all : all.filter(({ component }) => names.includes(component));
}
