// The nodes of a cluster, and a command that takes their power or network away where there is one.
import { z } from 'zod';
import { read } from '../compose/command.ts';
import type { Api } from './api.ts';

export interface ClusterNode {
  name: string;
  isReady: boolean;
  takesPods: boolean;
}

const listSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), creationTimestamp: z.string() }),
      spec: z.object({ unschedulable: z.boolean().default(false) }),
      status: z.object({
        conditions: z.array(z.object({ type: z.string(), status: z.string() })),
      }),
    }),
  ),
});

/** All nodes, the oldest first. */
export async function listNodes(api: Api): Promise<ClusterNode[]> {
  const { items } = listSchema.parse(await api.get('/api/v1/nodes'));
  return items
    .sort((a, b) => a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp))
    .map(({ metadata, spec, status }) => ({
      name: metadata.name,
      isReady: status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
      takesPods: !spec.unschedulable,
    }));
}

/** What breaks nodes: `<command> stop|start|cut|heal NAME`; `list` has a line for each that it can break. */
export type NodeSwitch = (verb: 'stop' | 'start' | 'cut' | 'heal', node: string) => Promise<void>;

export const nodeSwitch =
  (command: string): NodeSwitch =>
  async (verb, node) => {
    await read(command, [verb, node]);
  };

/** The nodes that can be broken; none where there is no such command. */
export async function breakable(command: string): Promise<string[]> {
  try {
    const rows = (await read(command, ['list'])).split('\n').filter(Boolean);
    return rows.map((row) => row.split(/\s+/)[0] ?? '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
