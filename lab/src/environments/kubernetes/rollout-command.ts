// `npm run rollout -- --env kubernetes`: one Deployment of a namespace, as any person with kubectl would roll it.
import type { RolloutCommand } from '../../rollout/rollout-command.ts';
import type { Rollout } from '../environment.ts';
import { withApi } from './api.ts';
import { kubectlIn } from './kubectl.ts';
import { replaceMigration } from './migration-job.ts';
import { isRolledOut, type Place, undo } from './rollout.ts';

/**
 * Sets the image, of the component's migrations first, and waits for the Deployment's own rollout: one new replica,
 * ready for a while, then one old one less. Kubernetes stalls when the new one does not become ready; it is undone then.
 */
export const rollOut: RolloutCommand['rollOut'] = (namespace, { component, image, deadlineSeconds }) =>
  timed(namespace, async (place) => {
    await place.kubectl(['get', `deployment/${component}`, '--output=name']); // or say that there is none
    await replaceMigration(place, component, image);
    // `*`: the container that waits for the migrations is of the same image
    await place.kubectl(['set', 'image', `deployment/${component}`, `*=${image}`]);
    if (await isRolledOut(place, component, deadlineSeconds)) return 'deployed';
    await undo(place, component);
    return 'rolled back';
  });

/** Goes back to the version before the last rollout, which Kubernetes remembers. */
export const rollBack: RolloutCommand['rollBack'] = (namespace, component) =>
  timed(namespace, async (place) => {
    await undo(place, component);
    return 'deployed';
  });

async function timed(
  namespace: string,
  deed: (place: Place) => Promise<Rollout['outcome']>,
): Promise<Rollout> {
  const began = performance.now();
  const outcome = await withApi((api) => deed({ namespace, api, kubectl: kubectlIn(namespace) }));
  return { outcome, seconds: (performance.now() - began) / 1_000 };
}
