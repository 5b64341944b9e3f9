import type { EnvironmentDriver, Topology } from '../environments/driver.ts';
import type { Generator, RunResult } from '../generator/generator.ts';
import type { Fault, FaultMark } from '../report/schema.ts';
import { loadSeconds, type PhaseSeconds } from '../trial/phases.ts';
import { inject } from './inject.ts';
import { target } from './target.ts';

/** What all trials of a comparison share. */
export type Setting = {
  driver: EnvironmentDriver;
  generator: Generator;
  rate: number;
  faults: readonly Fault[];
  seconds: PhaseSeconds;
  /** Told when a trial's load begins. */
  onLoad?: () => void;
};

const injectAll = async (
  { driver, faults, seconds }: Setting,
  topology: Topology,
  startMs: number,
  signal: AbortSignal,
): Promise<FaultMark[]> => {
  const marks: FaultMark[] = [];
  for (const [index, fault] of faults.entries()) {
    const beginMs = startMs + (loadSeconds(seconds, index) + seconds.baseline) * 1000;
    const injection = { service: target[topology], fault, beginMs, removeMs: beginMs + seconds.fault * 1000 };
    const previous = marks.at(-1);
    if (previous !== undefined && previous.backAtMs > beginMs - seconds.baseline * 1000) {
      throw new Error(
        `${injection.service} was not back after ${previous.fault} within ${seconds.recovery} s`,
      );
    }
    marks.push(await inject(driver, injection, signal));
  }
  return marks;
};

const requireRate = ({ fellBehind, droppedIterations, lowestSecond }: RunResult): void => {
  if (!fellBehind) return;
  const worst = `${Math.round(100 * lowestSecond)} % of the rate in its worst second`;
  throw new Error(`the generator fell behind: ${droppedIterations} requests not sent, ${worst}`);
};

/**
 * One trial: load on one topology from warm-up to the last recovery, and each fault at its time. `samplesFile` gets
 * every request. Throws when the trial is void: load not kept up, or a fault not seen; the component that was to be
 * broken may then need a restart.
 */
export const runTrial = async (
  setting: Setting,
  topology: Topology,
  samplesFile: string,
  outer: AbortSignal,
): Promise<FaultMark[]> => {
  const own = new AbortController();
  const signal = AbortSignal.any([outer, own.signal]);
  const started = Promise.withResolvers<number>();
  const load = setting.generator.run({
    baseUrl: setting.driver.baseUrl(topology),
    rate: setting.rate,
    seconds: loadSeconds(setting.seconds, setting.faults.length),
    samplesFile,
    signal,
    onStart: () => {
      setting.onLoad?.();
      started.resolve(Date.now());
    },
  });
  load.then(() => started.reject(new Error('the load ended before it began')), started.reject);
  const faults = started.promise.then((startMs) => injectAll(setting, topology, startMs, signal));
  try {
    const [result, marks] = await Promise.all([load, faults]);
    requireRate(result);
    return marks;
  } catch (error) {
    own.abort(error);
    await Promise.allSettled([load, faults]);
    throw error;
  }
};
