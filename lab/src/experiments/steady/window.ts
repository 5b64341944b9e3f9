// One run of load at one rate: warm-up, which is dropped, then a window in which everything is accounted for.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Deployment } from '../../environments/environment.ts';
import type { RunResult } from '../../generator/generator.ts';
import { fullMachine } from '../../trial/machine-busy.ts';
import { waitUntilWell } from '../../trial/settle.ts';
import { paceProblem, underLoad } from '../../trial/under-load.ts';
import { waitUntil } from '../../trial/wait.ts';
import { type Context, Void } from '../experiment.ts';
import type { SteadyWindow } from './record.ts';
import { useDuring } from './use.ts';

/** What is asked for. */
export interface Load {
  /** Requests a second. */
  rate: number;
  /** Dropped: connections are made, and the code that this load needs is compiled. */
  warmUpSeconds: number;
  seconds: number;
  seed: number;
  /** Only these routes of the mix; undefined: all. */
  only?: readonly string[];
  /** File for the samples, below the experiment's folder. */
  samples: string;
}

/** The load outlasts the window by at least this much, up to a whole second, so that the last look at the accounting is taken under load. */
const afterSeconds = 0.5;

/** The window, and how the generator fared over the whole run. */
export interface Measured {
  window: SteadyWindow;
  result: RunResult;
  /** Its threads waited for a CPU, and there was none free: what it measured may be itself. */
  starved: boolean;
}

const watch = async (deployment: Deployment, load: Load, startMs: number, signal: AbortSignal) => {
  await waitUntil(startMs + load.warmUpSeconds * 1000, signal);
  const fromMs = Date.now();
  const use = await useDuring(deployment, () => waitUntil(fromMs + load.seconds * 1000, signal));
  return { fromMs, toMs: fromMs + load.seconds * 1000, use };
};

/**
 * Puts a steady load on a deployment that answers, and accounts for the window.
 * @throws Void when anything was in the way (a component started anew, a generator that could not begin on a system
 * that is still busy), and the signal's reason when it is aborted
 */
export const measureWindow = async (
  context: Context,
  deployment: Deployment,
  load: Load,
): Promise<Measured> => {
  await waitUntilWell(deployment.baseUrl, context.signal);
  await mkdir(dirname(join(context.folder, load.samples)), { recursive: true });
  const { rate, samples, seed } = load;
  const options = {
    baseUrl: deployment.baseUrl,
    rate,
    seconds: Math.ceil(load.warmUpSeconds + load.seconds + afterSeconds),
    seed,
    ...(load.only ? { only: load.only } : {}),
    samplesFile: join(context.folder, samples),
  };
  try {
    const { result, value: seen } = await underLoad(
      context.generator,
      options,
      (startMs, signal) => watch(deployment, load, startMs, signal),
      context.signal,
    );
    return {
      window: { rate, samples, generatorCores: result.cores, ...seen },
      result,
      starved: result.starved && seen.use.machineBusy >= fullMachine,
    };
  } catch (error) {
    context.signal.throwIfAborted();
    throw error instanceof Void ? error : new Void(error instanceof Error ? error.message : String(error));
  }
};

/** @throws Void when the generator did not keep its rate or was short of CPU: what it measured may be itself */
export const requireSoundLoad = ({ result, starved }: Measured): void => {
  if (starved) throw new Void('the generator was short of CPU');
  const problem = paceProblem(result);
  if (problem !== undefined) throw new Void(problem);
};
