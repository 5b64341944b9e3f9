// accept.json: what one platform's run of the suite came to.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { isMissing } from '../experiments/files.ts';
import { checkNames } from './check.ts';

const checkRecord = z.strictObject({
  name: z.enum(checkNames),
  title: z.string(),
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  form: z.enum(['short', 'full']),
  ok: z.union([z.boolean(), z.literal('not applicable')]),
  saw: z.array(z.string()),
  /** Requests that had to succeed, and how many of them failed. */
  requests: z.int().optional(),
  failed: z.int().optional(),
});
export type CheckRecord = z.infer<typeof checkRecord>;

export const acceptRecord = z.strictObject({
  schema: z.literal(1),
  platform: z.enum(['compose', 'swarm', 'kubernetes', 'ecs']),
  /** Of the sources. */
  commit: z.string(),
  startedAt: z.iso.datetime(),
  /** From the command to its end, images and topologies included. */
  seconds: z.number(),
  machine: z.string(),
  /** Versions and nodes. */
  about: z.array(z.string()),
  generator: z.string(),
  /** In the order of the suite; those of an earlier run stay where only some were run again. */
  checks: z.array(checkRecord),
  /** True only when each check ran and held, or does not apply. */
  ok: z.boolean(),
  requests: z.int(),
  failed: z.int(),
});
export type AcceptRecord = z.infer<typeof acceptRecord>;

const fileIn = (folder: string): string => join(folder, 'accept.json');

/** Undefined where there is none. @throws ZodError when it is not one of ours */
export async function readRecord(folder: string): Promise<AcceptRecord | undefined> {
  try {
    return acceptRecord.parse(JSON.parse(await readFile(fileIn(folder), 'utf8')));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Writes it whole or not at all. @returns the file */
export async function writeRecord(folder: string, record: AcceptRecord): Promise<string> {
  const file = fileIn(folder);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${file}.new`, file);
  return file;
}

/** The figures of a run as a whole. */
export function totals(checks: readonly CheckRecord[]): Pick<AcceptRecord, 'ok' | 'requests' | 'failed'> {
  const sum = (of: (check: CheckRecord) => number | undefined): number =>
    checks.reduce((total, check) => total + (of(check) ?? 0), 0);
  const isComplete = checkNames.every((name) => checks.some((check) => check.name === name));
  return {
    ok: isComplete && checks.every(({ ok }) => ok !== false),
    requests: sum(({ requests }) => requests),
    failed: sum(({ failed }) => failed),
  };
}
