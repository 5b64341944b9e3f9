// What all experiments of one results folder share: options, machine, versions, and each time it was gone on with.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { describeCommit, describeMachine } from '../compare/machine.ts';
import { allTopologies, environmentNames } from '../environments/environment.ts';
import type { LabOptions } from './experiment.ts';
import { isMissing } from './files.ts';

const session = z.strictObject({
  startedAt: z.iso.datetime(),
  commit: z.string(),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.int().min(1),
    memoryGiB: z.number().positive(),
    os: z.string(),
    node: z.string(),
    busyBefore: z.number().min(0).max(1),
  }),
  /** Of the load generator. */
  engine: z.strictObject({ name: z.string(), version: z.string() }),
  preview: z.boolean(),
  budgets: z.string(),
});

export const studySchema = z.strictObject({
  env: z.enum(environmentNames),
  topologies: z.array(z.enum(allTopologies)).min(1),
  trials: z.int().min(1).nullable().describe('of a cell; null: the number of each experiment'),
  quick: z.boolean(),
  seed: z.int(),
  rate: z.int().min(1).nullable().default(null).describe('of isolation; null: its own'),
  sessions: z.array(session).min(1).describe('each time that the run was begun or gone on with'),
});

export type Study = z.infer<typeof studySchema>;
export type StudySession = z.infer<typeof session>;

/** The folder has results of another study; the message is one sentence. */
export class OtherStudy extends Error {}

const optionsOf = ({ env, topologies, trials, quick, seed, rate }: LabOptions): Omit<Study, 'sessions'> => ({
  env,
  topologies: [...topologies],
  trials: trials ?? null,
  quick,
  seed,
  rate: rate ?? null,
});

/** What study.json asked for. */
export const labOptions = ({ trials, rate, ...study }: Study): LabOptions => ({
  ...study,
  trials: trials ?? undefined,
  ...(rate !== null && { rate }),
});

/** Reads study.json of a results folder; undefined when there is none. */
export const readStudy = async (out: string): Promise<Study | undefined> => {
  try {
    return studySchema.parse(JSON.parse(await readFile(join(out, 'study.json'), 'utf8')));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/** What can be said of this time before anything runs; looks for a second how busy the machine is. */
export const describeSession = async (
  engine: StudySession['engine'],
  preview: boolean,
  budgets: string,
): Promise<StudySession> => ({
  startedAt: new Date().toISOString(),
  commit: await describeCommit(),
  machine: await describeMachine(),
  engine,
  preview,
  budgets,
});

/** @throws OtherStudy when `out` holds results of other options */
export const requireSameStudy = async (out: string, options: LabOptions): Promise<void> => {
  const found = await readStudy(out);
  if (found === undefined) return;
  const { sessions: _, ...before } = found;
  if (JSON.stringify(before) === JSON.stringify(optionsOf(options))) return;
  throw new OtherStudy(`${out} holds a study with other options: give another --out, or remove it.`);
};

/** Begins the study in `out` or adds a session to it. */
export const openStudy = async (out: string, options: LabOptions, now: StudySession): Promise<Study> => {
  await requireSameStudy(out, options);
  const study = { ...optionsOf(options), sessions: [...((await readStudy(out))?.sessions ?? []), now] };
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'study.json'), `${JSON.stringify(study, null, 2)}\n`);
  return study;
};
