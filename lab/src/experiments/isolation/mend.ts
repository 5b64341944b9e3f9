import { type Deployment, modules, type Part, sameVersion } from '../../environments/environment.ts';
import { waitUntilWell } from '../../trial/settle.ts';
import type { Context } from '../experiment.ts';

const readyWithinMs = 20_000;

const isDown = ({ replicas }: Part): boolean =>
  replicas.length === 0 || replicas.some(({ pid }) => pid === undefined);

/** What starts everything that is down, databases first, and then every module's code anew in its good version. */
const stepsOf = async (deployment: Deployment): Promise<[string, () => Promise<unknown>][]> => {
  const order = ['database', 'service', 'gateway'];
  const down = (await deployment.parts())
    .filter(isDown)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const services = new Set(modules.map((module) => deployment.serving(module)));
  return [
    ...down.map(({ name }): [string, () => Promise<unknown>] => [name, () => deployment.restore(name)]),
    ...[...services].map((name): [string, () => Promise<unknown>] => [
      name,
      () => deployment.deploy(name, sameVersion, readyWithinMs),
    ]),
  ];
};

/** Brings a topology back to a sound state after a void trial. What cannot be mended is said; the next trial will tell. */
export const mend = async (deployment: Deployment, { say, signal }: Context): Promise<void> => {
  for (const [name, step] of await stepsOf(deployment)) {
    signal.throwIfAborted();
    await step().catch((error: unknown) =>
      say(`  ${name} of ${deployment.topology} could not be mended: ${String(error)}`),
    );
  }
  await waitUntilWell(deployment.baseUrl, signal);
};
