import { type Deployment, modules, sameVersion } from '../../environments/environment.ts';
import { bringBack } from '../../trial/bring-back.ts';
import type { Context } from '../experiment.ts';

const readyWithinMs = 20_000;

/** Starts what is down, and then every module's code anew in its good version. */
const stepsOf = (deployment: Deployment): [string, () => Promise<unknown>][] => {
  const services = new Set(modules.map((module) => deployment.serving(module)));
  return [
    ['what is down', () => bringBack(deployment)],
    ...[...services].map((name): [string, () => Promise<unknown>] => [
      name,
      () => deployment.deploy(name, sameVersion, readyWithinMs),
    ]),
  ];
};

/** Brings a topology back to a sound state after a void trial. What cannot be mended is said; the next trial will tell. */
export const mend = async (deployment: Deployment, { say, signal }: Context): Promise<void> => {
  for (const [name, step] of stepsOf(deployment)) {
    signal.throwIfAborted();
    await step().catch((error: unknown) =>
      say(`  ${name} of ${deployment.topology} could not be mended: ${String(error)}`),
    );
  }
};
