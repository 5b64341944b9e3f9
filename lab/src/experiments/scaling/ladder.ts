// One route's load, doubled until its objective breaks, and the replicas that mend it.
import { join } from 'node:path';
import type { Deployment } from '../../environments/environment.ts';
import type { Context } from '../experiment.ts';
import { countWindow, everything } from '../steady/figures.ts';
import { meets } from '../steady/objective.ts';
import { postsRoute } from '../steady/routes.ts';
import { measureWindow } from '../steady/window.ts';
import type { LadderStep, Scaled } from './record.ts';
import { rates } from './slots.ts';

const mostReplicas = 4;

const stepSeconds = { warmUpSeconds: 1, seconds: 3 };
const quickSeconds = { warmUpSeconds: 0.5, seconds: 1.5 };

/** Where the ladder is. */
interface Rung {
  rate: number;
  replicas: number;
}

/**
 * The next rung after `steps`, which climbed `all` rates: the next rate when the objective was met, one more replica
 * when it was not and there may be more, and undefined when neither helps.
 */
export const nextRung = (
  steps: readonly (Rung & Pick<LadderStep, 'met' | 'fellBehind'>)[],
  all: readonly number[],
  canScale: boolean,
): Rung | undefined => {
  const last = steps.at(-1);
  const rate = last === undefined ? all[0] : all[all.indexOf(last.rate) + 1];
  if (last === undefined) return rate === undefined ? undefined : { rate, replicas: 1 };
  if (last.met) return rate === undefined ? undefined : { rate, replicas: last.replicas };
  const more = canScale && !last.fellBehind && last.replicas < mostReplicas;
  return more ? { rate: last.rate, replicas: last.replicas + 1 } : undefined;
};

const takeStep = async (
  context: Context,
  deployment: Deployment,
  rung: Rung,
  slot: string,
  seed: number,
): Promise<LadderStep> => {
  const { window, result, starved } = await measureWindow(context, deployment, {
    ...(context.options.quick ? quickSeconds : stepSeconds),
    rate: rung.rate,
    seed,
    only: [postsRoute],
    samples: join('samples', `${slot}.${rung.rate}.${rung.replicas}.csv.gz`),
  });
  const counted = (await countWindow(context.folder, window)).get(everything);
  const { requests = 0, failed = 0, p99Ms = null } = counted ?? {};
  const { fellBehind } = result;
  const met = !fellBehind && counted !== undefined && meets(counted);
  return { replicas: rung.replicas, window, requests, failed, p99Ms, fellBehind, starved, met };
};

/** Climbs from one replica of what is scaled; gives every step. */
export const climb = async (
  context: Context,
  deployment: Deployment,
  scaled: Scaled,
  slot: string,
  seed: number,
): Promise<LadderStep[]> => {
  const steps: LadderStep[] = [];
  const next = (): Rung | undefined =>
    nextRung(
      steps.map((step) => ({ ...step, rate: step.window.rate })),
      rates(context.options),
      scaled !== null,
    );
  for (let rung = next(); rung !== undefined; rung = next()) {
    const before = steps.at(-1)?.replicas;
    if (scaled !== null && rung.replicas !== before) await deployment.scale(scaled, rung.replicas);
    steps.push(await takeStep(context, deployment, rung, slot, seed));
  }
  return steps;
};
