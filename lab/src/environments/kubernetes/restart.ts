import type { PartName } from '../environment.ts';
import { layouts } from '../layout.ts';
import { READY_WITHIN_MS, settled } from './settled.ts';
import type { Space } from './space.ts';

const isDatabase = ({ topology }: Space, part: PartName): boolean =>
  layouts[topology].databases.some((name) => name === part);

/** As kubectl names it. */
const workloadOf = (space: Space, part: PartName): string =>
  `${isDatabase(space, part) ? 'statefulset' : 'deployment'}/${part}`;

/** Replaces all pods of a part in order, as its manifest says, and resolves when the new ones are ready. */
export async function restart(space: Space, part: PartName): Promise<void> {
  await space.kubectl(['rollout', 'restart', workloadOf(space, part)]);
  await settled(space, [part], READY_WITHIN_MS);
}

/**
 * Resolves when a part is ready. Where a container was started again, its next start would wait: 10 s, then 20 s, up to
 * 5 min. So that one trial does not slow the next one down, pods of services are replaced by fresh ones.
 */
export async function restore(space: Space, part: PartName): Promise<void> {
  await settled(space, [part], READY_WITHIN_MS);
  const pods = await space.podsOf(part);
  if (!isDatabase(space, part) && pods.some(({ restarts }) => restarts > 0)) await restart(space, part);
}
