import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSamples } from '../generator/samples.ts';
import { type Report, type Run, reportSchema } from '../report/schema.ts';
import { tallyTrial } from '../trial/tally.ts';
import { findings } from './findings.ts';
import { groupsOf } from './groups.ts';
import { withWarnings } from './warnings.ts';

const countRun = async (dir: string, run: Run, report: Report) => {
  const tally = await tallyTrial(readSamples(join(dir, run.samples)), run.faults, report.seconds, groupsOf);
  const { requests, edgeRequests } = tally;
  return { run: { ...run, requests, edgeRequests }, counted: { topology: run.topology, tally } };
};

/**
 * Counts a report again from its raw samples. What only the run itself could know (machine, times of the faults,
 * void trials) is taken from the report.json in `dir`. Throws when that is not a report or samples are missing.
 */
export const recount = async (dir: string): Promise<Report> => {
  const report = reportSchema.parse(JSON.parse(await readFile(join(dir, 'report.json'), 'utf8')));
  const counted = [];
  for (const run of report.runs) counted.push(await countRun(dir, run, report));
  return withWarnings({
    ...report,
    runs: counted.map(({ run }) => run),
    ...findings(
      counted.map((one) => one.counted),
      report.faults,
    ),
  });
};
