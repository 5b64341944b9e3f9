import { z } from 'zod';
import type { Api } from './api.ts';
import { listNodes } from './cluster-nodes.ts';

const named = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });
const volumes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ claimRef: z.object({ namespace: z.string() }).optional() }),
    }),
  ),
});

/** What is still there of namespaces with this prefix: they, their volumes, and nodes that take no pods. */
export async function leftoversOf(api: Api, prefix: string): Promise<string[]> {
  const namespaces = named.parse(await api.get('/api/v1/namespaces')).items.map(({ metadata }) => metadata.name);
  const claimed = volumes.parse(await api.get('/api/v1/persistentvolumes')).items;
  const isOurs = (name: string | undefined): boolean => name?.startsWith(prefix) ?? false;
  return [
    ...namespaces.filter(isOurs).map((name) => `namespace ${name}`),
    ...claimed
      .filter(({ spec }) => isOurs(spec.claimRef?.namespace))
      .map(({ metadata }) => `persistent volume ${metadata.name}`),
    ...(await listNodes(api))
      .filter(({ takesPods }) => !takesPods)
      .map(({ name }) => `node ${name}, which takes no pods`),
  ];
}
