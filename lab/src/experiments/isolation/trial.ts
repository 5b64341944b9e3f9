import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { faultNamed } from '../../faults/registry.ts';
import { surge, surgeRoutes, surgeTimes } from '../../faults/surge.ts';
import type { RunOptions, RunResult, Surge } from '../../generator/generator.ts';
import { busyShare, fullMachine, machineTimes } from '../../trial/machine-busy.ts';
import type { Mark } from '../../trial/mark.ts';
import type { PhaseSeconds } from '../../trial/phases.ts';
import { waitUntilWell } from '../../trial/settle.ts';
import { paceProblem, underLoad } from '../../trial/under-load.ts';
import { waitUntil } from '../../trial/wait.ts';
import { warmWhatIsNew } from '../../trial/warm-what-is-new.ts';
import { type Context, Void } from '../experiment.ts';
import { inject } from './inject.ts';
import type { IsolationRecord } from './record.ts';
import type { Settings } from './settings.ts';
import { countAround, requireHealth, requireSurge } from './soundness.ts';
import { idOf, secondsOf, type Trial } from './trials.ts';

/** A fault may take this long to be seen and removed; the load lasts for as much longer. */
const slackSeconds = 1;

const loadOf = (
  trial: Trial,
  settings: Settings,
): Pick<RunOptions, 'rate' | 'seconds' | 'surge' | 'seed'> => {
  const { warmUp, baseline, fault, recovery } = secondsOf(trial, settings);
  const load = { seconds: Math.ceil(warmUp + baseline + fault + recovery + slackSeconds), seed: trial.trial };
  if (trial.fault !== surge.name) return { ...load, rate: settings.rate };
  return {
    ...load,
    rate: settings.rate / 2,
    surge: {
      route: surgeRoutes[trial.module],
      factor: surgeTimes,
      fromSeconds: warmUp + baseline,
      seconds: fault,
    },
  };
};

/** With so much of all cores busy before the fault, what follows is the machine's and not the fault's. */
const fullBefore = 0.95;

/**
 * Judged by the time before the fault: a fault that takes all CPU is what is measured, and whether the rate was kept
 * all along is seen by itself.
 */
const requireLoad = (result: RunResult, busyBefore: number): void => {
  const problem = paceProblem(result);
  if (problem !== undefined) throw new Void(problem);
  const busy = `${Math.round(100 * busyBefore)} % of the machine was busy before the fault`;
  if (busyBefore >= fullBefore) throw new Void(busy);
  if (result.starved && busyBefore >= fullMachine) throw new Void(`the generator was short of CPU: ${busy}`);
};

/** How the fault was seen. Throws when the samples show that the trial says nothing. */
const requireSound = async (
  samplesFile: string,
  mark: Mark,
  { baseline }: PhaseSeconds,
  more: Surge | undefined,
): Promise<string> => {
  requireHealth(await countAround(samplesFile, mark, baseline));
  if (more === undefined) return mark.evidence;
  return requireSurge(await countAround(samplesFile, mark, baseline, more.route), mark, baseline, more.route);
};

/**
 * One trial: load on one topology, and one fault in it. Every request goes to a file in the experiment's folder.
 * @throws Void when the load was not kept up or the topology was not well before; NotSeen when the fault was not seen
 */
export const runTrial = async (
  trial: Trial,
  settings: Settings,
  context: Context,
): Promise<IsolationRecord> => {
  const { environment, generator, folder, signal: outer } = context;
  const deployment = environment.deployment(trial.topology);
  const seconds = secondsOf(trial, settings);
  const fault = faultNamed(trial.fault);
  const load = loadOf(trial, settings);
  const samples = join('samples', `${idOf(trial)}.csv.gz`);
  const samplesFile = join(folder, samples);
  await mkdir(join(folder, 'samples'), { recursive: true });
  await waitUntilWell(deployment.baseUrl, outer);
  await warmWhatIsNew(deployment, outer);
  const { result, value } = await underLoad(
    generator,
    { ...load, baseUrl: deployment.baseUrl, samplesFile },
    async (startMs, signal) => {
      const { heals } = environment;
      const target = { deployment, module: trial.module, lastsMs: seconds.fault * 1000, heals, signal };
      const beginMs = startMs + (seconds.warmUp + seconds.baseline) * 1000;
      const times = machineTimes();
      const busy = waitUntil(beginMs, signal).then(() => busyShare(times, machineTimes()));
      const [marked, busyBefore] = await Promise.all([inject(fault, target, beginMs, seconds.fault), busy]);
      return { mark: marked, busyBefore };
    },
    outer,
  );
  const { mark, busyBefore } = value;
  requireLoad(result, busyBefore);
  const { requests, droppedIterations, lowestSecond, cores, cpuWaitShare } = result;
  return {
    ...trial,
    rate: load.rate,
    seconds,
    samples,
    requests,
    generator: { droppedIterations, lowestSecond, cores, cpuWaitShare, busyBefore },
    mark: { ...mark, evidence: await requireSound(samplesFile, mark, seconds, load.surge) },
  };
};
