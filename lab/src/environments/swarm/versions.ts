import type { PartName, Rollout, ServiceName, Version } from '../environment.ts';
import { layouts } from '../layout.ts';
import { changeSpec, readSpec, type Spec, withContainers } from './spec.ts';
import type { Stack } from './stack.ts';
import type { Swarm } from './swarm.ts';
import { followUpdate } from './update.ts';
import { READY_WITHIN_MS } from './waiting.ts';

export interface Versions {
  /** Rolls a version out: all that the service began with, with the version's image and variables. */
  deploy(service: ServiceName, version: Version, readyWithinMs: number): Promise<Rollout>;
  /** Puts new containers of the same content in the place of all. */
  renew(part: PartName): Promise<void>;
}

/** What versions a stack's services can be given, and how. To be called when the stack is as it was deployed. */
export async function createVersions(swarm: Swarm, { name, topology }: Stack): Promise<Versions> {
  const specs = layouts[topology].services.map(async (service): Promise<[ServiceName, Spec]> => {
    return [service.name, await readSpec(swarm.manager, `${name}_${service.name}`)];
  });
  const originals = new Map(await Promise.all(specs));
  return {
    async deploy(service, { env, image }, readyWithinMs) {
      const began = performance.now();
      const original = originals.get(service);
      if (!original) throw new Error(`${topology} has no ${service}`);
      const { Image, Env } = original.TaskTemplate.ContainerSpec;
      const next = withContainers(original, { Image: image ?? Image, Env: withVariables(Env, env) });
      await swarm.load([image ?? Image]);
      const full = `${name}_${service}`;
      await changeSpec(swarm.manager, full, ({ Mode }) => ({ ...next, Mode })); // as many as there are now
      const outcome = await followUpdate(swarm, full, readyWithinMs);
      return { outcome, seconds: (performance.now() - began) / 1_000 };
    },
    async renew(part) {
      const full = `${name}_${part}`;
      await changeSpec(swarm.manager, full, (spec) => spec);
      const outcome = await followUpdate(swarm, full, READY_WITHIN_MS);
      if (outcome !== 'deployed') throw new Error(`${full} did not start again`);
    },
  };
}

const withVariables = (base: readonly string[], env: Readonly<Record<string, string>>): string[] => [
  ...base.filter((variable) => !Object.keys(env).includes(variable.split('=', 1)[0] ?? '')),
  ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
];
