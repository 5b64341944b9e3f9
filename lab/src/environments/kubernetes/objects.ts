// Kubernetes objects as a manifest has them: the parts that we read and change, everything else kept as it is.
import { z } from 'zod';

const labels = z.record(z.string(), z.string());
const metadata = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  labels: labels.optional(),
});

export const objectSchema = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata });
export type KubernetesObject = z.infer<typeof objectSchema>;

const variable = z.looseObject({ name: z.string(), value: z.string().optional() });
export type Variable = z.infer<typeof variable>;

const amounts = z.record(z.string(), z.union([z.string(), z.number()]));
const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  env: z.array(variable).optional(),
  resources: z.looseObject({ requests: amounts.optional(), limits: amounts.optional() }).optional(),
});
export type ContainerSpec = z.infer<typeof container>;

const podSpec = z.looseObject({
  containers: z.array(container).min(1),
  initContainers: z.array(container).optional(),
});
export type PodSpec = z.infer<typeof podSpec>;

/** What makes pods: a Deployment, a StatefulSet, a Job. */
const workloadSchema = objectSchema.extend({
  kind: z.enum(['Deployment', 'StatefulSet', 'Job']),
  spec: z.looseObject({
    replicas: z.number().optional(),
    minReadySeconds: z.number().optional(),
    template: z.looseObject({ metadata: z.looseObject({ labels: labels.optional() }), spec: podSpec }),
  }),
});
export type WorkloadObject = z.infer<typeof workloadSchema>;

/** The object as a workload, when it is one. */
export const asWorkload = (object: KubernetesObject): WorkloadObject | undefined =>
  workloadSchema.safeParse(object).data;

/** Reads a workload as the API server tells of it. @throws ZodError when it is none */
export const readWorkload = (object: unknown): WorkloadObject => workloadSchema.parse(object);

/** Changes the pods of a workload. */
export const withPods = (workload: WorkloadObject, change: (pods: PodSpec) => PodSpec): WorkloadObject => ({
  ...workload,
  spec: {
    ...workload.spec,
    template: { ...workload.spec.template, spec: change(workload.spec.template.spec) },
  },
});

/** Changes the one container that the pods of a workload run for good. */
export const withMain = (
  workload: WorkloadObject,
  change: (container: ContainerSpec) => ContainerSpec,
): WorkloadObject =>
  withPods(workload, (pods) => {
    const [main, ...others] = pods.containers;
    return main ? { ...pods, containers: [change(main), ...others] } : pods;
  });

/** Sets variables of a container in place of those of the same names. */
export const withVariables = (
  container: ContainerSpec,
  set: Readonly<Record<string, string>>,
): ContainerSpec => {
  const kept = (container.env ?? []).filter(({ name }) => !(name in set));
  return { ...container, env: [...kept, ...Object.entries(set).map(([name, value]) => ({ name, value }))] };
};
