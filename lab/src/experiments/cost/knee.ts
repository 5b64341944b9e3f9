// The highest rate that meets the objective, by steps of growing rate.
import { join } from 'node:path';
import type { Deployment } from '../../environments/environment.ts';
import { bringBack } from '../../trial/bring-back.ts';
import type { Context, LabOptions } from '../experiment.ts';
import { countWindow, everything } from '../steady/figures.ts';
import { meets } from '../steady/objective.ts';
import { measureWindow } from '../steady/window.ts';
import type { KneeRecord, KneeStep } from './record.ts';

/** Each step asks for half as much again; one more in the middle narrows the answer down to a quarter. */
const growth = 1.5;
const firstRate = 300;
const highestRate = 2_500;
const lowestRate = 20;

const stepSeconds = { warmUpSeconds: 1, seconds: 3 };
const quickSeconds = { warmUpSeconds: 0.5, seconds: 1.5 };

/** A search that takes longer goes on for nobody's good. */
const mostSteps = ({ quick }: LabOptions): number => (quick ? 3 : 7);

const whole = (rate: number): number => Math.round(rate / 10) * 10;

/** The rates that were asked for: the highest that held and the lowest that did not. */
export const bracket = (
  steps: readonly Pick<KneeStep, 'met' | 'window'>[],
): { held: number | null; missed: number | null } => {
  const missed = Math.min(...steps.filter(({ met }) => !met).map(({ window }) => window.rate));
  const held = Math.max(
    ...steps.filter(({ met, window }) => met && window.rate < missed).map(({ window }) => window.rate),
  );
  return {
    held: Number.isFinite(held) ? held : null,
    missed: Number.isFinite(missed) ? missed : null,
  };
};

/** The next rate worth trying; null when the answer is known well enough. */
export const nextRate = (steps: readonly Pick<KneeStep, 'met' | 'window'>[]): number | null => {
  if (steps.length === 0) return firstRate;
  const { held, missed } = bracket(steps);
  if (held === null) {
    const lower = whole((missed ?? firstRate) / growth);
    return lower < lowestRate ? null : lower;
  }
  if (missed === null) return held * growth > highestRate ? null : whole(held * growth);
  const middle = whole(Math.sqrt(held * missed));
  const narrow = missed / held < 1 + (growth - 1) * 0.6;
  return narrow || middle <= held || middle >= missed ? null : middle;
};

const endOf = (steps: readonly KneeStep[]): KneeRecord['ended'] => {
  if (steps.some(({ fellBehind, met }) => fellBehind && !met)) return 'generator fell behind';
  if (steps.some(({ starved, met }) => starved && !met)) return 'generator short of CPU';
  return steps.some(({ met }) => !met) ? 'objective missed' : 'highest rate reached';
};

/** @returns the steps in the order in which they were taken; a generator that falls behind ends the search */
export const searchKnee = async (
  context: Context,
  deployment: Deployment,
  slot: string,
  seed: number,
): Promise<Pick<KneeRecord, 'steps' | 'ended'>> => {
  const steps: KneeStep[] = [];
  for (let rate = nextRate(steps); rate !== null; rate = nextRate(steps)) {
    if (steps.length === mostSteps(context.options)) break;
    const { window, result, starved } = await measureWindow(context, deployment, {
      ...(context.options.quick ? quickSeconds : stepSeconds),
      rate,
      seed,
      samples: join('samples', `${slot}.${rate}.csv.gz`),
    });
    const counted = (await countWindow(context.folder, window)).get(everything);
    const { requests = 0, failed = 0, p99Ms = null } = counted ?? {};
    const { fellBehind } = result;
    const met = !fellBehind && counted !== undefined && meets(counted);
    steps.push({ window, requests, failed, p99Ms, fellBehind, starved, met });
    if (fellBehind) break;
    if (!met) await bringBack(deployment); // more than it can take may have ended a process
  }
  return { steps, ended: endOf(steps) };
};
