import { z } from 'zod';
import type { Api } from './api.ts';
import { nameLabel, partLabel } from './labels.ts';

/** A pod of one of a namespace's components, as it is now. */
export interface Pod {
  name: string;
  /** Of which component, by its label. */
  part: string;
  node: string | undefined;
  address: string | undefined;
  image: string;
  isReady: boolean;
  /** Told to end: it serves what is left, and does not count any more. */
  isEnding: boolean;
  container: Container | undefined;
  /** How often its container was started again, and why it ended last. */
  restarts: number;
  lastEnd: string | undefined;
}

/** The pod's container that runs, by the name and the id that its node's runtime gave it. */
export interface Container {
  name: string;
  id: string;
}

const ended = z.object({ terminated: z.object({ reason: z.string().optional() }).optional() }).default({});
const podSchema = z.object({
  metadata: z.object({
    name: z.string(),
    creationTimestamp: z.string(),
    deletionTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({
    nodeName: z.string().optional(),
    containers: z.array(z.object({ name: z.string(), image: z.string() })).min(1),
  }),
  status: z.object({
    phase: z.string().default('Unknown'),
    podIP: z.string().optional(),
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
    containerStatuses: z
      .array(
        z.object({
          name: z.string(),
          containerID: z.string().optional(),
          restartCount: z.number(),
          lastState: ended,
        }),
      )
      .default([]),
  }),
});
const listSchema = z.object({ items: z.array(podSchema) });
export type PodObject = z.infer<typeof podSchema>;

/** The pods of a namespace's components, the oldest first; neither those that ended nor those of Jobs. */
export async function listPods(api: Api, namespace: string): Promise<Pod[]> {
  const { items } = listSchema.parse(await api.get(`/api/v1/namespaces/${namespace}/pods`));
  return items
    .filter(({ metadata, status }) => !isOver(status.phase) && metadata.labels[partLabel] !== 'migration')
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
    .map(described);
}

/** Parses one pod, as a watch tells of it. */
export const readPod = (object: unknown): Pod => described(podSchema.parse(object));

const isOver = (phase: string): boolean => phase === 'Succeeded' || phase === 'Failed';
const keyOf = ({ metadata }: PodObject): string => `${metadata.creationTimestamp} ${metadata.name}`;

function described({ metadata, spec, status }: PodObject): Pod {
  const [main] = spec.containers;
  const state = status.containerStatuses.find(({ name }) => name === main?.name);
  const id = state?.containerID?.replace(/^.*:\/\//, '');
  return {
    name: metadata.name,
    part: metadata.labels[nameLabel] ?? '',
    node: spec.nodeName,
    address: status.podIP,
    image: main?.image ?? '',
    isReady: status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
    isEnding: metadata.deletionTimestamp !== undefined,
    container: main && id ? { name: main.name, id } : undefined,
    restarts: state?.restartCount ?? 0,
    lastEnd: state?.lastState.terminated?.reason,
  };
}
