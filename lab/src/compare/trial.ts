import type { Environment, MainTopology } from '../environments/environment.ts';
import type { Generator } from '../generator/generator.ts';
import type { Fault, FaultMark } from '../report/schema.ts';
import { loadSeconds, type PhaseSeconds } from '../trial/phases.ts';
import { paceProblem, underLoad } from '../trial/under-load.ts';
import { inject } from './inject.ts';
import { target } from './target.ts';

/** What all trials of a comparison share. */
export type Setting = {
  environment: Environment;
  generator: Generator;
  rate: number;
  faults: readonly Fault[];
  seconds: PhaseSeconds;
  /** Told when a trial's load begins. */
  onLoad?: () => void;
};

const injectAll = async (
  { environment, faults, seconds }: Setting,
  topology: MainTopology,
  startMs: number,
  signal: AbortSignal,
): Promise<FaultMark[]> => {
  const marks: FaultMark[] = [];
  for (const [index, fault] of faults.entries()) {
    const beginMs = startMs + (loadSeconds(seconds, index) + seconds.baseline) * 1000;
    const injection = { fault, beginMs, removeMs: beginMs + seconds.fault * 1000 };
    const previous = marks.at(-1);
    if (previous !== undefined && previous.backAtMs > beginMs - seconds.baseline * 1000) {
      throw new Error(
        `${target[topology]} was not back after ${previous.fault} within ${seconds.recovery} s`,
      );
    }
    marks.push(await inject(environment.deployment(topology), injection, signal));
  }
  return marks;
};

/**
 * One trial: load on one topology from warm-up to the last recovery, and each fault at its time. `samplesFile` gets
 * every request. Throws when the trial is void: load not kept up, or a fault not seen; the component that was to be
 * broken may then need a restart.
 */
export const runTrial = async (
  setting: Setting,
  topology: MainTopology,
  samplesFile: string,
  signal: AbortSignal,
): Promise<FaultMark[]> => {
  const options = {
    baseUrl: setting.environment.deployment(topology).baseUrl,
    rate: setting.rate,
    seconds: loadSeconds(setting.seconds, setting.faults.length),
    samplesFile,
    onStart: () => setting.onLoad?.(),
  };
  const { result, value } = await underLoad(
    setting.generator,
    options,
    (startMs, either) => injectAll(setting, topology, startMs, either),
    signal,
  );
  const problem = paceProblem(result);
  if (problem !== undefined) throw new Error(problem);
  return value;
};
