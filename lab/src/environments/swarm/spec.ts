// A service's description in the engine's own form: read, changed as a whole, and sent back.
import { z } from 'zod';
import { type Engine, EngineError } from '../compose/engine.ts';

const schema = z.looseObject({
  Name: z.string(),
  TaskTemplate: z.looseObject({
    ContainerSpec: z.looseObject({ Image: z.string(), Env: z.array(z.string()).default([]) }),
    ForceUpdate: z.number().default(0),
  }),
});
export type Spec = z.infer<typeof schema>;

const inspected = z.object({ Version: z.object({ Index: z.number() }), Spec: schema });
const created = z.object({ ID: z.string() });
const ATTEMPTS = 5;

/** @param name or id @throws EngineError with 404 when there is none */
export async function readSpec(manager: Engine, name: string): Promise<Spec> {
  return inspected.parse(await manager.get(`/services/${name}`)).Spec;
}

/**
 * Puts what `change` makes of it in its place, with new containers even where nothing is different. Begun anew when
 * somebody else changed the service meanwhile.
 */
export async function changeSpec(manager: Engine, name: string, change: (spec: Spec) => Spec): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { Version, Spec: now } = inspected.parse(await manager.get(`/services/${name}`));
    const next = change(now);
    const TaskTemplate = { ...next.TaskTemplate, ForceUpdate: now.TaskTemplate.ForceUpdate + 1 };
    try {
      await manager.order(`/services/${name}/update?version=${Version.Index}`, { ...next, TaskTemplate });
      return;
    } catch (error) {
      const isOutrun = error instanceof EngineError && /out of sequence/.test(error.message);
      if (!isOutrun || attempt === ATTEMPTS) throw error;
    }
  }
}

/** @returns the new service's id */
export async function createService(manager: Engine, spec: Spec): Promise<string> {
  return created.parse(await manager.order('/services/create', spec)).ID;
}

/** The same with other containers. */
export function withContainers(spec: Spec, change: object): Spec {
  const { TaskTemplate } = spec;
  const ContainerSpec = { ...TaskTemplate.ContainerSpec, ...change };
  return { ...spec, TaskTemplate: { ...TaskTemplate, ContainerSpec } };
}
