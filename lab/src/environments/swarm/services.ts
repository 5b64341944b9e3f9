import { z } from 'zod';
import type { Engine } from '../compose/engine.ts';

/** A service of a stack. */
export interface Service {
  id: string;
  /** As the stack's file calls it. */
  part: string;
  image: string;
  /** How many replicas it is to have; undefined for one on each node. */
  replicas: number | undefined;
  isJob: boolean;
  /** Of a job: which run is the last. */
  iteration: number;
  force: number;
  update: { state: string; message: string } | undefined;
}

const inspected = z.object({
  ID: z.string(),
  Spec: z.object({
    Name: z.string(),
    Labels: z.record(z.string(), z.string()).default({}),
    Mode: z.object({
      Replicated: z.object({ Replicas: z.number() }).optional(),
      ReplicatedJob: z.object({}).optional(),
    }),
    TaskTemplate: z.object({
      ContainerSpec: z.object({ Image: z.string() }),
      ForceUpdate: z.number().default(0),
    }),
  }),
  JobStatus: z.object({ JobIteration: z.object({ Index: z.number().default(0) }) }).optional(),
  UpdateStatus: z.object({ State: z.string().default(''), Message: z.string().default('') }).nullish(),
});

/** @param name with the stack's: `cleave_posts` @throws EngineError with 404 when there is none */
export async function readService(manager: Engine, name: string): Promise<Service> {
  return describe(inspected.parse(await manager.get(`/services/${name}`)));
}

/** The services of a stack, in order of their names. */
export async function listServices(manager: Engine, stack: string): Promise<Service[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`com.docker.stack.namespace=${stack}`] }));
  const found = z.array(inspected).parse(await manager.get(`/services?filters=${filters}`));
  return found.map(describe).sort((a, b) => a.part.localeCompare(b.part));
}

function describe({ ID, Spec, JobStatus, UpdateStatus }: z.infer<typeof inspected>): Service {
  const { ContainerSpec, ForceUpdate } = Spec.TaskTemplate;
  const stack = Spec.Labels['com.docker.stack.namespace'] ?? '';
  return {
    id: ID,
    part: Spec.Name.slice(stack.length + 1),
    image: ContainerSpec.Image,
    replicas: Spec.Mode.Replicated?.Replicas,
    isJob: Spec.Mode.ReplicatedJob !== undefined,
    iteration: JobStatus?.JobIteration.Index ?? 0,
    force: ForceUpdate,
    update: UpdateStatus?.State ? { state: UpdateStatus.State, message: UpdateStatus.Message } : undefined,
  };
}
