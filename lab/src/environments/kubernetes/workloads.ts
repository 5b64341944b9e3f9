// Deployments and StatefulSets, and how far they are with what was asked of them.
import { z } from 'zod';
import type { Api } from './api.ts';
import { nameLabel } from './labels.ts';

const workloadKinds = ['deployments', 'statefulsets'] as const;
type WorkloadKind = (typeof workloadKinds)[number];

export interface Workload {
  kind: WorkloadKind;
  name: string;
  part: string;
  /** All replicas are of the newest version and ready, and none of another is left. */
  isSettled: boolean;
}

const workloadSchema = z.object({
  metadata: z.object({
    name: z.string(),
    generation: z.number(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({ replicas: z.number() }),
  status: z.object({
    observedGeneration: z.number().default(0),
    replicas: z.number().default(0),
    updatedReplicas: z.number().default(0),
    readyReplicas: z.number().default(0),
    currentRevision: z.string().optional(),
    updateRevision: z.string().optional(),
  }),
});
const listSchema = z.object({ items: z.array(workloadSchema) });

export async function listWorkloads(api: Api, namespace: string): Promise<Workload[]> {
  const lists = await Promise.all(
    workloadKinds.map(async (kind) => {
      const answer = await api.get(`/apis/apps/v1/namespaces/${namespace}/${kind}`);
      return listSchema.parse(answer).items.map((item) => described(kind, item));
    }),
  );
  return lists.flat();
}

function described(kind: WorkloadKind, { metadata, spec, status }: z.infer<typeof workloadSchema>): Workload {
  const { replicas: wanted } = spec;
  const { currentRevision, updateRevision } = status;
  const isSettled =
    status.observedGeneration >= metadata.generation &&
    [status.replicas, status.readyReplicas].every((count) => count === wanted) &&
    // a StatefulSet counts none as updated when its first revision is its newest
    (kind === 'statefulsets' ? currentRevision === updateRevision : status.updatedReplicas === wanted);
  return { kind, name: metadata.name, part: metadata.labels[nameLabel] ?? metadata.name, isSettled };
}
