import type { Engine } from '../compose/engine.ts';
import { createService, readSpec, withContainers } from './spec.ts';
import { listTasks } from './tasks.ts';
import { within } from './waiting.ts';

const DONE_WITHIN_MS = 300_000;

/**
 * Runs a job of a stack once from another image, with the same secrets and networks, beside the one that is there.
 * @throws Error with what its task said when it fails
 */
export async function runJobOnce(
  manager: Engine,
  name: string,
  image: string,
  suffix: string,
): Promise<void> {
  const spec = withContainers(await readSpec(manager, name), { Image: image });
  const once = { ...spec.TaskTemplate, RestartPolicy: { Condition: 'none' } };
  const id = await createService(manager, { ...spec, Name: `${name}-${suffix}`, TaskTemplate: once });
  try {
    let end: { state: string; error: string | undefined } | undefined;
    const hasEnded = async (): Promise<boolean> => {
      end = (await listTasks(manager, id)).find(({ state }) =>
        ['complete', 'failed', 'rejected'].includes(state),
      );
      return end !== undefined;
    };
    if (!(await within(DONE_WITHIN_MS, hasEnded))) throw new Error(`${name} did not end`);
    if (end?.state !== 'complete')
      throw new Error(`${name} from ${image} ${end?.state}: ${end?.error ?? ''}`);
  } finally {
    await manager.remove(`/services/${id}`);
  }
}
