// Waiting for what was asked of Deployments and StatefulSets.

import type { Api } from './api.ts';
import { within } from './within.ts';
import { listWorkloads } from './workloads.ts';

/** For all pods of a topology that starts from nothing, on a machine that is busy with others. */
export const UP_WITHIN_MS = 600_000;
/** For one component: a database may have to recover, and a container that failed waits before it starts again. */
export const READY_WITHIN_MS = 120_000;

/**
 * Resolves when all replicas of these parts (of all, without any) are of the newest version and ready.
 * @param onSettled is told of each part once
 * @throws Error naming those that were not ready in time
 */
export async function settled(
  { api, namespace }: { api: Api; namespace: string },
  parts: readonly string[] | undefined,
  ms: number,
  { onSettled, signal }: { onSettled?: (part: string) => void; signal?: AbortSignal } = {},
): Promise<void> {
  const told = new Set<string>();
  let open: string[] = [];
  const isDone = await within(ms, async () => {
    signal?.throwIfAborted();
    const workloads = await listWorkloads(api, namespace);
    const asked = workloads.filter(({ part }) => parts?.includes(part) ?? true);
    for (const { part, isSettled } of asked) {
      if (!isSettled || told.has(part)) continue;
      told.add(part);
      onSettled?.(part);
    }
    open = asked.filter(({ isSettled }) => !isSettled).map(({ part }) => part);
    return asked.length > 0 && open.length === 0;
  });
  if (!isDone) throw new Error(`${open.join(', ')} of ${namespace} not ready within ${ms / 1_000} s`);
}
