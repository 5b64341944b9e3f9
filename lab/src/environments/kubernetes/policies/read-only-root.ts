import type { Bite } from '../../../accept/platform.ts';
import { partsOf } from '../../compose/deployment.ts';
import { runInside } from '../../inside/shell.ts';
import { insideOf } from '../shell.ts';
import type { Space } from '../space.ts';

/** A place that every user may write to by its permissions. */
const PLACE = '/var/tmp/written';

/** Every component, databases too, tries to write into its image. */
export async function writeIntoImages(space: Space): Promise<Bite> {
  const tries = await Promise.all(
    partsOf(space.topology).map(async (part) => {
      const pod = await space.firstPod(part);
      return {
        part,
        refusal: await refusalOf(() => runInside(insideOf(space.namespace, pod), ['touch', PLACE])),
      };
    }),
  );
  const saw = tries.map(({ part, refusal }) => `${space.topology}/${part}: ${refusal}`);
  return { bites: tries.every(({ refusal }) => /Read-only file system/.test(refusal)), saw };
}

/** What a deed that should be refused was refused with, in its last line; `done` when it was not. */
export async function refusalOf(deed: () => Promise<unknown>): Promise<string> {
  try {
    await deed();
    return 'done';
  } catch (error) {
    const lines = String(error).trim().split('\n');
    return lines.findLast((line) => !/^command terminated/.test(line)) ?? '';
  }
}
