import { readWorkload, withPods } from './objects.ts';
import type { Place } from './rollout.ts';

/**
 * Gives a component's migrations to the version that is about to be rolled out: its pods wait for them. A Job cannot be
 * changed, so it is replaced; one of the same image stays as it is, and a component without one has none.
 */
export async function replaceMigration({ kubectl }: Place, component: string, image: string): Promise<void> {
  const name = `job/${component}-migrate`;
  if ((await kubectl(['get', name, '--ignore-not-found', '--output=name'])) === '') return;
  const applied = readWorkload(
    JSON.parse(await kubectl(['apply', 'view-last-applied', name, '--output=json'])),
  );
  const next = withPods(applied, (pods) => ({
    ...pods,
    containers: pods.containers.map((container) => ({ ...container, image })),
  }));
  await kubectl(['apply', '--force', '--filename', '-'], { input: JSON.stringify(next) });
}
