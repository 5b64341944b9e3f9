// A new version of a Deployment, and the way back when it does not become ready.
import type { Api } from './api.ts';
import type { Kubectl } from './kubectl.ts';
import { settled } from './settled.ts';

/** Where a Deployment is. */
export interface Place {
  namespace: string;
  api: Api;
  kubectl: Kubectl;
}

/** kubectl's words for what the deployment controller gave up, or for what we did not wait for any longer. */
const stalled = /exceeded its progress deadline|timed out waiting|deadline exceeded/;

/** Whether a rollout came to its end, before the Deployment's own deadline and within `seconds`. */
export async function isRolledOut({ kubectl }: Place, name: string, seconds: number): Promise<boolean> {
  try {
    await kubectl(['rollout', 'status', `deployment/${name}`, `--timeout=${Math.ceil(seconds)}s`]);
    return true;
  } catch (error) {
    if (error instanceof Error && stalled.test(error.message)) return false;
    throw error;
  }
}

/** For the version that ran before: its replicas are still there, and those that were replaced come back. */
const BACK_WITHIN_MS = 180_000;

/**
 * Undoes the last rollout, and resolves when all replicas are of the version before it.
 * @throws Error when there is none, or it does not become ready either
 */
export async function undo(place: Place, name: string): Promise<void> {
  await place.kubectl(['rollout', 'undo', `deployment/${name}`]);
  // `rollout status` may still say that the version before was given up
  await settled(place, [name], BACK_WITHIN_MS);
}
