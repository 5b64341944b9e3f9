// The two versions of the exercise, built from copies of the sources with its patches applied.
import { fileURLToPath } from 'node:url';
import { read } from '../../environments/compose/command.ts';
import { copySources } from '../../experiments/delivery/change.ts';
import type { Images } from '../platform.ts';
import { removeImages } from '../versions.ts';

/** `expand` adds the column and the code that uses it, `contract` what may follow when no older version runs. */
export const steps = ['expand', 'contract'] as const;
export type Step = (typeof steps)[number];

/** What runs the users module, and where its package is. */
const packages = { users: 'services/users', monolith: 'monolith' } as const;
export type Runner = keyof typeof packages;

export interface ExerciseImages {
  tagOf(step: Step): string;
  imageOf(runner: Runner, step: Step): string;
  remove(): Promise<void>;
}

export const patchOf = (step: Step): string =>
  fileURLToPath(new URL(`${steps.indexOf(step) + 1}-${step}.patch`, import.meta.url));

/** Builds them for these components and makes them usable on every node. @param mark tells them from another run's */
export async function buildExercise(
  images: Images,
  runners: readonly Runner[],
  mark: string,
  signal: AbortSignal,
): Promise<ExerciseImages> {
  const tagOf = (step: Step): string => `${step}-${mark}`;
  const imageOf = (runner: Runner, step: Step): string => `cleave/${runner}:${tagOf(step)}`;
  const made: string[] = [];
  const copy = await copySources();
  try {
    for (const step of steps) {
      await read('git', ['-C', copy.folder, 'apply', patchOf(step)], { signal });
      for (const runner of runners) {
        const built = ['--build-arg', `COMPONENT=${packages[runner]}`, '--tag', imageOf(runner, step)];
        await read('docker', ['build', '--quiet', ...built, copy.folder], { signal });
        made.push(imageOf(runner, step));
      }
    }
    await images.load(made);
    return { tagOf, imageOf, remove: () => removeImages(made) };
  } catch (error) {
    await removeImages(made);
    throw error;
  } finally {
    await copy.remove();
  }
}
