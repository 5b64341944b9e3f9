import { z } from 'zod';
import type { Api } from './api.ts';
import { listNodes } from './cluster-nodes.ts';
import { within } from './within.ts';

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
  const { items } = named.parse(await api.get('/api/v1/namespaces'));
  const namespaces = items.map(({ metadata }) => metadata.name).filter((name) => name.startsWith(prefix));
  const nodes = (await listNodes(api)).filter(({ takesPods }) => !takesPods);
  return [
    ...namespaces.map((name) => `namespace ${name}`),
    ...(await volumesOf(api, prefix)).map((name) => `persistent volume ${name}`),
    ...nodes.map(({ name }) => `node ${name}, which takes no pods`),
  ];
}

/** A volume outlives its namespace by a moment. */
const REMOVED_WITHIN_MS = 60_000;

/** Resolves when the volumes of removed namespaces are gone, too. */
export async function volumesGone(api: Api, prefix: string): Promise<void> {
  if (await within(REMOVED_WITHIN_MS, async () => (await volumesOf(api, prefix)).length === 0)) return;
  throw new Error(`these volumes are still there: ${(await volumesOf(api, prefix)).join(', ')}`);
}

async function volumesOf(api: Api, prefix: string): Promise<string[]> {
  const { items } = volumes.parse(await api.get('/api/v1/persistentvolumes'));
  const ours = items.filter(({ spec }) => spec.claimRef?.namespace.startsWith(prefix));
  return ours.map(({ metadata }) => metadata.name);
}
