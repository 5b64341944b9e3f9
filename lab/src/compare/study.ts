import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readSamples } from '../generator/samples.ts';
import type { Report, Run } from '../report/schema.ts';
import { waitUntilWell } from '../trial/settle.ts';
import { tallyTrial } from '../trial/tally.ts';
import type { CountedTrial } from './findings.ts';
import { groupsOf } from './groups.ts';
import { type Slot, schedule } from './schedule.ts';
import { target } from './target.ts';
import { runTrial, type Setting } from './trial.ts';

/** How often one trial is tried before it is given up. */
const mostAttempts = 3;

const advice = 'If something else keeps this machine busy, wait for it; or try a lower --rate.';

/** Where a comparison is, for whoever waits. */
export type Progress = {
  onTrial?: (slot: Slot, attempt: number) => void;
  onVoid?: (slot: Slot, reason: string) => void;
};

/** The trials of a comparison: what was run, what was void, and what the requests came to. */
export type Study = { runs: Run[]; voidTrials: Report['voidTrials']; counted: CountedTrial[] };

const samplesName = ({ topology, trial }: Slot): string => join('samples', `${topology}-${trial}.csv.gz`);

const runSlot = async (setting: Setting, slot: Slot, out: string, signal: AbortSignal) => {
  await waitUntilWell(setting.environment.deployment(slot.topology).baseUrl, signal);
  const startedAt = new Date().toISOString();
  const samples = samplesName(slot);
  const faults = await runTrial(setting, slot.topology, join(out, samples), signal);
  const tally = await tallyTrial(readSamples(join(out, samples)), faults, setting.seconds, groupsOf);
  const { requests, edgeRequests } = tally;
  const run: Run = { ...slot, startedAt, samples, requests, edgeRequests, faults };
  return { run, counted: { topology: slot.topology, tally } };
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Runs one trial until it is not void, or has been too often; with the reasons of those that were. */
const runUntilSound = async (
  setting: Setting,
  slot: Slot,
  out: string,
  signal: AbortSignal,
  progress: Progress,
) => {
  const reasons: string[] = [];
  while (reasons.length < mostAttempts) {
    progress.onTrial?.(slot, reasons.length + 1);
    try {
      return { sound: await runSlot(setting, slot, out, signal), reasons };
    } catch (error) {
      signal.throwIfAborted();
      reasons.push(reasonOf(error));
      progress.onVoid?.(slot, reasonOf(error));
    }
    await setting.environment.deployment(slot.topology).restart(target[slot.topology]);
  }
  return { sound: undefined, reasons };
};

/**
 * Runs `trials` trials of each topology, interleaved, and repeats void ones. Raw samples go to `out`/samples.
 * A trial that was void three times is left out, unless it was the first of its topology: then this throws.
 * Throws the signal's reason when it is aborted.
 */
export const runStudy = async (
  setting: Setting,
  trials: number,
  out: string,
  signal: AbortSignal,
  progress: Progress = {},
): Promise<Study> => {
  const study: Study = { runs: [], voidTrials: [], counted: [] };
  await mkdir(join(out, 'samples'), { recursive: true });
  for (const slot of schedule(trials)) {
    const { sound, reasons } = await runUntilSound(setting, slot, out, signal, progress);
    study.voidTrials.push(...reasons.map((reason) => ({ ...slot, reason })));
    if (sound !== undefined) {
      study.runs.push(sound.run);
      study.counted.push(sound.counted);
    } else if (!study.runs.some((run) => run.topology === slot.topology)) {
      throw new Error(
        `${slot.topology} had ${mostAttempts} void trials and no other: ${reasons.at(-1)}. ${advice}`,
      );
    }
  }
  return study;
};
