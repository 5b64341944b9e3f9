import type { Deployment } from '../../environments/environment.ts';
import { waitUntilWell } from '../../trial/settle.ts';
import type { Context } from '../experiment.ts';
import type { Scaled, SweepPoint } from './record.ts';
import { saturate } from './saturate.ts';
import { counts } from './slots.ts';

const fullSeconds = { warmUp: 1, measured: 3 };
const quickSeconds = { warmUp: 1, measured: 1 };

/** Upwards in odd trials and downwards in even ones: what drifts must not look like what scales. */
export const orderOf = (all: readonly number[], trial: number): number[] =>
  trial % 2 === 1 ? [...all] : [...all].reverse();

/** Saturated throughput at each number of replicas; with nothing to scale, of the one that there is. */
export const sweepReplicas = async (
  { options, signal }: Context,
  deployment: Deployment,
  scaled: Scaled,
  trial: number,
): Promise<SweepPoint[]> => {
  const points: SweepPoint[] = [];
  for (const replicas of scaled === null ? [1] : orderOf(counts(options), trial)) {
    if (scaled !== null) await deployment.scale(scaled, replicas);
    await waitUntilWell(deployment.baseUrl, signal);
    const seconds = options.quick ? quickSeconds : fullSeconds;
    points.push({ replicas, ...(await saturate(deployment, seconds, signal)) });
  }
  return points;
};
