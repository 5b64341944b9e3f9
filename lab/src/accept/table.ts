// The table platform × check.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Table from 'cli-table3';
import { isMissing } from '../experiments/files.ts';
import type { CheckName } from './check.ts';
import { checks } from './checks.ts';
import { formatCount } from './count.ts';
import { type AcceptRecord, type CheckRecord, readRecord } from './record.ts';

/** Every accept.json in the folders of a results folder, in the order of the folders' names. */
export async function readRecords(out: string): Promise<AcceptRecord[]> {
  const names = await readdir(out).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const records = await Promise.all(names.sort().map((name) => readRecord(join(out, name))));
  return records.filter((record) => record !== undefined);
}

const verdicts = new Map<CheckRecord['ok'], string>([
  [true, 'ok'],
  [false, 'FAILED'],
  ['not applicable', '–'],
]);

function cell(record: CheckRecord | undefined): string {
  if (record === undefined) return 'not run';
  const { ok, requests, failed = 0 } = record;
  const figures = requests === undefined ? '' : `  ${formatCount(failed)} of ${formatCount(requests)} failed`;
  return `${verdicts.get(ok)}${figures}`;
}

const minutes = (seconds: number): string => `${(seconds / 60).toFixed(1)} min`;

/** One column a platform, one line a check; below, all requests and the time. */
export function renderAccept(records: readonly AcceptRecord[]): string {
  const table = new Table({
    head: ['', ...records.map(({ platform }) => platform)],
    style: { head: [], border: [], compact: true },
  });
  const find = (record: AcceptRecord, name: CheckName): CheckRecord | undefined =>
    record.checks.find((check) => check.name === name);
  checks.forEach(({ name, title }, index) => {
    table.push([`${index + 1}. ${title}`, ...records.map((record) => cell(find(record, name)))]);
  });
  const all = ({ requests, failed }: AcceptRecord): string =>
    `${formatCount(failed)} of ${formatCount(requests)} failed`;
  table.push(['all requests', ...records.map(all)]);
  table.push(['time', ...records.map(({ seconds }) => minutes(seconds))]);
  return table.toString();
}
