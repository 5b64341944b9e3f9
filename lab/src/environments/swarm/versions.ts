import { read } from '../compose/command.ts';
import type { PartName, Rollout, ServiceName, Version } from '../environment.ts';
import { readService } from './services.ts';
import type { Stack } from './stack.ts';
import type { Swarm } from './swarm.ts';
import { type Content, followUpdate, orderUpdate } from './update.ts';
import { READY_WITHIN_MS } from './waiting.ts';

export interface Versions {
  /** Rolls a version out: what the stack began with, with the version's image and variables. */
  deploy(service: ServiceName, version: Version, readyWithinMs: number): Promise<Rollout>;
  /** Puts new containers of the same content in the place of all. */
  renew(part: PartName): Promise<void>;
}

/** Which versions a stack's services can be given, and how. */
export function createVersions(swarm: Swarm, { name }: Stack): Versions {
  const first = new Map<ServiceName, Content>();
  const firstOf = async (service: ServiceName): Promise<Content> => {
    const known = first.get(service) ?? (await readService(swarm.manager, `${name}_${service}`));
    const content = { image: known.image, env: known.env };
    first.set(service, content);
    return content;
  };
  return {
    async deploy(service, version, readyWithinMs) {
      const began = performance.now();
      const base = await firstOf(service);
      const next: Content = { image: version.image ?? base.image, env: { ...base.env, ...version.env } };
      await swarm.load([next.image]);
      const full = `${name}_${service}`;
      await orderUpdate(full, await readService(swarm.manager, full), next);
      const outcome = await followUpdate(swarm, full, readyWithinMs);
      return { outcome, seconds: (performance.now() - began) / 1_000 };
    },
    async renew(part) {
      const full = `${name}_${part}`;
      await read('docker', ['service', 'update', '--detach=true', '--force', full]);
      const outcome = await followUpdate(swarm, full, READY_WITHIN_MS);
      if (outcome !== 'deployed') throw new Error(`${full} did not start again`);
    },
  };
}
