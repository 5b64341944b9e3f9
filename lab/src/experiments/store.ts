// The results folder: what was finished is kept, so that an interrupted run goes on where it was.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Experiment, Kept } from './experiment.ts';
import { isMissing } from './files.ts';

const envelope = z.strictObject({
  slot: z.string(),
  startedAt: z.iso.datetime(),
  seconds: z.number().min(0),
  voids: z.array(z.string()),
  record: z.unknown(),
});
const reasonsSchema = z.array(z.string());

/** Written beside its place and moved there: a file is whole or not there. */
const writeWhole = async (file: string, value: unknown): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(value)}\n`);
  await rename(`${file}.new`, file);
};

const readIfThere = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/** What is kept of one experiment in the results folder `out`. */
export interface Store<R> {
  /** The experiment's own folder, for raw samples. */
  readonly folder: string;
  /** Finished slots, in the order in which they were run. Throws when a file is not what this version writes. */
  all(): Promise<Kept<R>[]>;
  keep(kept: Kept<R>): Promise<void>;
  /** Reasons of the void attempts of a slot so far; kept too, since they are counted in the report. */
  voids(slot: string): Promise<string[]>;
  addVoid(slot: string, reason: string): Promise<void>;
  /** Slots that were void and have no sound trial, with their reasons. */
  unrepeated(): Promise<{ slot: string; reasons: string[] }[]>;
}

const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

const voidsEnd = '.voids.json';

/** An experiment's part of the results; made when there is something to keep. */
export const openStore = <R>(out: string, experiment: Experiment<R>): Store<R> => {
  const slots = join(out, experiment.name, 'slots');
  const voidsFile = (slot: string): string => join(slots, `${slot}${voidsEnd}`);
  const voids = async (slot: string): Promise<string[]> =>
    reasonsSchema.parse(JSON.parse((await readIfThere(voidsFile(slot))) ?? '[]'));
  const readKept = async (name: string): Promise<Kept<R>> => {
    const raw = envelope.parse(JSON.parse(await readFile(join(slots, name), 'utf8')));
    return { ...raw, record: experiment.schema.parse(raw.record) };
  };
  return {
    folder: join(out, experiment.name),
    async all() {
      const names = (await namesIn(slots)).filter(
        (name) => name.endsWith('.json') && !name.endsWith(voidsEnd),
      );
      const kept = await Promise.all(names.map(readKept));
      return kept.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
    },
    async keep(kept) {
      await writeWhole(join(slots, `${kept.slot}.json`), kept);
      await rm(voidsFile(kept.slot), { force: true });
    },
    voids,
    async addVoid(slot, reason) {
      await writeWhole(voidsFile(slot), [...(await voids(slot)), reason]);
    },
    async unrepeated() {
      const names = (await namesIn(slots)).filter((name) => name.endsWith(voidsEnd));
      return Promise.all(
        names.map(async (name) => {
          const slot = name.slice(0, -voidsEnd.length);
          return { slot, reasons: await voids(slot) };
        }),
      );
    },
  };
};
