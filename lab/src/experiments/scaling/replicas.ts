import type { Deployment } from '../../environments/environment.ts';
import type { Scaled } from './record.ts';

/**
 * What to add replicas of for more of the posts routes: the component that serves them, where a gateway can spread
 * load over several of it. Null in the plain monolith: it owns the port, and nothing stands before it.
 */
export const scaledIn = async (deployment: Deployment): Promise<Scaled> => {
  if (!(await deployment.parts()).some(({ kind }) => kind === 'gateway')) return null;
  const serving = deployment.serving('posts');
  if (serving === 'posts' || serving === 'monolith') return serving;
  throw new Error(`${serving} cannot be what serves posts`);
};

const countOf = async (deployment: Deployment, scaled: Scaled): Promise<number> =>
  (await deployment.parts()).find(({ name }) => name === scaled)?.replicas.length ?? 1;

/** Runs `work` and gives the deployment back with as many replicas as it had, unless `signal` says to stop. */
export const keepingReplicas = async <T>(
  deployment: Deployment,
  scaled: Scaled,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> => {
  const before = await countOf(deployment, scaled);
  try {
    return await work();
  } finally {
    if (scaled !== null && !signal.aborted) await deployment.scale(scaled, before);
  }
};
